"""The exceptions of depgraph: one small tree.

::

    DepgraphError
    ├── InvalidName       (also ValueError)   what was typed is not a domain name
    ├── RecordingError    (also ValueError)   a file is not a recording, or is damaged
    ├── GraphError        (also ValueError)   a graph does not follow the schema
    ├── CatalogueError    (also ValueError)   a catalogue or rule file is inconsistent
    ├── TableError        (also ValueError)   a prefix table was refused
    ├── QuestionError     (also ValueError)   an analysis was asked what it cannot answer
    └── CollectionError                       collecting could not start at all

A look-up that fails is never an exception: it is an observation with its status.
Every message says what was expected, what was found and what to do.
"""


class DepgraphError(Exception):
    """Root of everything that depgraph raises on purpose.

    Attributes
    ----------
    said
        What it says, for a text in another language (:mod:`depgraph.texts.refusals`); None where it
        is said in English only.
    """

    said: object = None


class InvalidName(DepgraphError, ValueError):
    """What was given is not a domain name that can be looked up."""


class RecordingError(DepgraphError, ValueError):
    """A file is not a recording, or is damaged in a way that cannot be stepped over."""


class GraphError(DepgraphError, ValueError):
    """A graph does not follow the schema of :mod:`depgraph.graph`."""


class CatalogueError(DepgraphError, ValueError):
    """A catalogue or rule file contradicts itself; the message lists every fault."""


class TableError(DepgraphError, ValueError):
    """A prefix table was refused; the table in use before stays in use."""


class QuestionError(DepgraphError, ValueError):
    """An analysis was asked about something it does not know (a level, an actor, a group)."""


class CollectionError(DepgraphError):
    """Collecting could not start at all (no usable network, output file not writable)."""
