"""Other people's recordings, read as ours.

=================  ================================================================
`open_any`         finds out what a file is, and reads it
`gather`           all that a file holds of one service; `led_to`: where a record leads
`read_plain`       JSON Lines with the records of one domain a line; `read_row`: one of them
`read_zdns`        zdns JSON
`read_massdns`     massdns ndjson
`read_zone`        a zone file: the zone itself and each delegation in it
`read_list`        a list of names: text, CSV, a workbook
`read_parquet`     our own columnar table; `write_parquet` writes it
=================  ================================================================

Readers of lines give a :class:`BadLine` for each line that they cannot read, and go on.
"""

from depgraph.readers.answers import led_to
from depgraph.readers.days import Interval, interval
from depgraph.readers.detect import detect, open_any
from depgraph.readers.gather import gather
from depgraph.readers.lines import BadLine
from depgraph.readers.lists import NameList, is_list, read_list
from depgraph.readers.massdns import read_massdns
from depgraph.readers.plain import read_plain, read_row
from depgraph.readers.table import from_table, read_parquet, to_table, write_parquet
from depgraph.readers.zdns import read_zdns
from depgraph.readers.zones import load_zone, read_zone

__all__ = [
    "BadLine",
    "Interval",
    "NameList",
    "detect",
    "from_table",
    "gather",
    "interval",
    "is_list",
    "led_to",
    "load_zone",
    "open_any",
    "read_list",
    "read_massdns",
    "read_parquet",
    "read_plain",
    "read_row",
    "read_zdns",
    "read_zone",
    "to_table",
    "write_parquet",
]
