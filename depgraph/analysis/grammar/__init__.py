"""What people say of who is behind a service, read piece by piece: the words are the languages'.

A sentence is read clause by clause. A *cue* ("relies on", "hosted by", "can shut down") says
something of the actors beside it. Each word of denial, exception or limit that may reach it
(:mod:`depgraph.analysis.polarity`) is composed with it; where one is not, nobody has said which
way it is meant, and the piece is not read. A contrast ("not by A but by B") says the opposite of
whoever comes after. An actor whom nothing that we know is said of is kept as a mention. What no
evidence of ours can show ("durable", "more independent", what will be) is kept with the reason.
"""

from depgraph.analysis.grammar.forms import (
    AFFIRMING,
    ALONE,
    ANY_OF,
    NEGATIVE,
    OF_A_ROLE,
    OF_THE_OTHERS,
    OPPOSITE,
    Claim,
    Form,
    Statement,
    Untestable,
    Untested,
)
from depgraph.analysis.grammar.sentence import read_claim
from depgraph.analysis.grammar.subject import is_domain

__all__ = [
    "AFFIRMING",
    "ALONE",
    "ANY_OF",
    "NEGATIVE",
    "OF_A_ROLE",
    "OF_THE_OTHERS",
    "OPPOSITE",
    "Claim",
    "Form",
    "Statement",
    "Untestable",
    "Untested",
    "is_domain",
    "read_claim",
]
