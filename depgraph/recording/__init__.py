"""Recordings: files of observations, one JSON object a line.

The first line is the header. Every further line is an observation, or an ``end`` line which
says that a collection came to its end, how many observations it had, and the SHA-256 of all
bytes before it. Files only ever grow: a kill at any byte loses at most the line being
written, and whoever opens the file next says so and goes on.

Lines are UTF-8 and end in LF. Recordings packed with gzip or xz are read as they are; only
plain ones are written.
"""

from depgraph.recording.examples import example, examples
from depgraph.recording.journal import Journal, to_bytes, write
from depgraph.recording.model import FORMAT, Header, Recording, merge
from depgraph.recording.reading import is_recording, read, verify

__all__ = [
    "FORMAT",
    "Header",
    "Journal",
    "Recording",
    "example",
    "examples",
    "is_recording",
    "merge",
    "read",
    "to_bytes",
    "verify",
    "write",
]
