"""Whether there is such a name at all: of one that does not exist nothing else can be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from depgraph.analysis.findings import Finding
from depgraph.analysis.roles import Role
from depgraph.reporting.report import FunctionReport
from depgraph.vocabulary import Layer, Reason, ReasonCode, reasons

_NO_SUCH: Final = frozenset({ReasonCode.NXDOMAIN, ReasonCode.NO_SUCH_TLD})


def is_nonexistent(functions: Iterable[FunctionReport], findings: Iterable[Finding]) -> bool:
    """Tell whether every function of a service but its registration is absent for want of the name.

    A name that does not exist has no names below it either (RFC 8020). Where the registration is active
    all the same, one of the two is out of date, and which is not known.
    """
    if any(one.reason.startswith(ReasonCode.REGISTERED_AND_DENIED) for one in findings):
        return False
    offered = [one for one in functions if one.function != "name"]
    return bool(offered) and all(one.absent and no_such_name(one.reason) for one in offered)


def is_unregistered(subject: str, functions: Sequence[FunctionReport]) -> bool:
    """Tell whether the registry says that a name is not registered, and nothing was answered of it."""
    roles = [role for one in functions for role in one.roles if role.needed]
    told = any(
        role.layer is Layer.REGISTRAR and role.of == subject and _says_unregistered(role)
        for role in roles
    )
    own = {subject, f"www.{subject}"}  # of what else is asked, that was answered for them
    return told and all(role.layer.shared or (not role.known and role.of in own) for role in roles)


def _says_unregistered(role: Role) -> bool:
    return any(one.code is ReasonCode.NOT_REGISTERED for one in reasons(role.reason))


def no_such_name(text: str) -> bool:
    """Tell whether a coded reason says that there is no such name."""
    return any(one.code in _NO_SUCH for one in all_reasons(text))


def all_reasons(text: str) -> Iterator[Reason]:
    """Yield the reasons in a text, and those in their data."""
    for one in reasons(text):
        yield one
        yield from all_reasons(one.get("reason"))
