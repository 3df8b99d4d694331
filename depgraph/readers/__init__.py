"""Other people's recordings, read as ours.

=================  ================================================================
`open_any`         finds out what a file is, and reads it
`gather`           all that a file holds of one service; `led_to`: where a record leads
`read_plain`       JSON Lines with the records of one domain a line; `read_row`: one of them
`read_zdns`        zdns JSON
`read_massdns`     massdns ndjson
`read_dnsx`        dnsx JSON
`read_passive`     passive DNS (COF), Rapid7's lines
`read_openintel`   OpenINTEL's Parquet files
`read_ooni`        OONI's web_connectivity; `read_atlas`: DNS results of RIPE Atlas
`read_warc`        archived responses; `read_memento`: their headers; `read_har`: a page load
`read_crtsh`       Certificate Transparency, as crt.sh lists it
`read_as_rel`      AS relations: CAIDA as-rel, BGPKIT as2rel; `read_relations`: of some AS
`read_zone`        a zone file: the zone itself and each delegation in it; `Anew`: it is read again
`read_list`        a list of names: text, CSV, a workbook
`World`            a world: many services in one file; `write_world`, `verify_world`
`Made`             what is to be said of the files that a world was made of
`read_parquet`     our own columnar table; `write_parquet` writes it
=================  ================================================================

Readers of lines give a :class:`BadLine` for each line that they cannot read, and go on.
"""

from depgraph.readers.answers import led_to
from depgraph.readers.atlas import read_atlas
from depgraph.readers.captures import read_crawl, read_har, read_html, read_memento, read_warc
from depgraph.readers.crtsh import read_crtsh
from depgraph.readers.days import Interval, interval
from depgraph.readers.detect import detect, open_any
from depgraph.readers.dnsx import read_dnsx
from depgraph.readers.gather import gather
from depgraph.readers.lines import BadLine
from depgraph.readers.lists import NameList, is_list, read_list
from depgraph.readers.massdns import read_massdns
from depgraph.readers.ooni import read_ooni
from depgraph.readers.openintel import read_openintel
from depgraph.readers.passive import read_passive
from depgraph.readers.plain import read_plain, read_row
from depgraph.readers.registry import Anew, read_zone
from depgraph.readers.relations import read_as_rel, read_relations
from depgraph.readers.table import from_table, read_parquet, to_table, write_parquet
from depgraph.readers.world import (
    Made,
    World,
    is_world,
    open_world,
    read_world,
    verify_world,
    write_world,
)
from depgraph.readers.zdns import read_zdns
from depgraph.readers.zones import load_zone

__all__ = [
    "Anew",
    "BadLine",
    "Interval",
    "Made",
    "NameList",
    "World",
    "detect",
    "from_table",
    "gather",
    "interval",
    "is_list",
    "is_world",
    "led_to",
    "load_zone",
    "open_any",
    "open_world",
    "read_as_rel",
    "read_atlas",
    "read_crawl",
    "read_crtsh",
    "read_dnsx",
    "read_har",
    "read_html",
    "read_list",
    "read_massdns",
    "read_memento",
    "read_ooni",
    "read_openintel",
    "read_parquet",
    "read_passive",
    "read_plain",
    "read_relations",
    "read_row",
    "read_warc",
    "read_world",
    "read_zdns",
    "read_zone",
    "to_table",
    "verify_world",
    "write_parquet",
    "write_world",
]
