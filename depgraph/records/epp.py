"""One spelling for the status of a registration, and what a status means for those who can act.

EPP writes ``clientHold`` (RFC 5731, RFC 3915), RDAP ``client hold`` (RFC 8056), WHOIS the EPP
word with the address of an explanation, and some registries ``CLIENT HOLD``, ``client-hold`` or
``CLIENT_HOLD``. Recordings made before this spelling hold the others, so whoever compares
statuses calls :func:`epp_status` first. What follows from the statuses of a registration is
decided by the functions below it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_STATUSES = (
    # RFC 5731, section 2.3
    "clientDeleteProhibited",
    "clientHold",
    "clientRenewProhibited",
    "clientTransferProhibited",
    "clientUpdateProhibited",
    "inactive",
    "ok",
    "pendingCreate",
    "pendingDelete",
    "pendingRenew",
    "pendingTransfer",
    "pendingUpdate",
    "serverDeleteProhibited",
    "serverHold",
    "serverRenewProhibited",
    "serverTransferProhibited",
    "serverUpdateProhibited",
    # RFC 3915, section 3.1: grace periods
    "addPeriod",
    "autoRenewPeriod",
    "pendingRestore",
    "redemptionPeriod",
    "renewPeriod",
    "transferPeriod",
)
_ABSENT: Final = frozenset(
    {
        "clientHold",  # RFC 5731, section 2.3
        "serverHold",
        "inactive",
        "redemptionPeriod",  # RFC 3915, section 3.1: deleted, and out of the zone
        "suspended",  # .uk, .jp
        "suspendido",  # .ve
        "not delegated",  # .ru, .su
        "failed",  # .de
        "hold",  # .fr
        "on-hold",  # .br, where what is in the zone is *published*
        "quarantine",  # .be, .eu: deleted, and may be had back
        "in quarantine",  # .nl
    }
)
"""Statuses that each say by themselves that the name is not in its parent's zone."""
_REDEMPTION: Final = "redemptionPeriod"
_DELETION: Final = "pendingDelete"
_RESTORE: Final = "pendingRestore"
UPDATE_LOCK: Final = "serverUpdateProhibited"
DELETE_LOCK: Final = "serverDeleteProhibited"
_TRANSFER_LOCK: Final = "serverTransferProhibited"
_DISPUTE: Final = re.compile(r"disput", re.IGNORECASE)
_SPELLING = {status.lower(): status for status in _STATUSES} | {
    "redemption": "redemptionPeriod",  # .ca, before it spoke EPP
}
_EXPLANATION = re.compile(r"\s*\(|\s+https?://|\s+-\s")
_NO_LETTER = re.compile(r"[^a-z]")


def epp_status(text: str) -> str:
    """Return the status of a registration in the spelling of EPP.

    RDAP's ``active`` is left as it stands, though RFC 8056 equates it to ``ok``: registries
    that do not speak EPP write it too, and mean more by it.

    Parameters
    ----------
    text
        A status as an EPP, RDAP or WHOIS server wrote it.

    Returns
    -------
    The EPP word; a status that EPP does not know as it stands, without what explains it.

    Examples
    --------
    >>> epp_status("client hold"), epp_status("CLIENT_HOLD"), epp_status("client-hold")
    ('clientHold', 'clientHold', 'clientHold')
    >>> epp_status("serverHold https://icann.org/epp#serverHold"), epp_status("Suspended.")
    ('serverHold', 'Suspended')
    """
    word = " ".join(text.split())
    bare = _EXPLANATION.split(word, maxsplit=1)[0]
    known = _SPELLING.get(_NO_LETTER.sub("", bare.lower()))
    if known is not None:
        return known
    return (bare or word).rstrip(".")


def not_delegated(statuses: Iterable[str], *, earlier: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the statuses that say that a name is registered, but not in its parent's zone.

    Such a name does not work, whoever does what. A lock (``clientTransferProhibited``) is no
    such status. ``pendingDelete`` alone is none either, for a registry may wait with the
    delegation in place (RFC 5731, section 2.3); after a ``redemptionPeriod``, or beside one,
    the name has left the zone (RFC 3915, section 2). While it is being restored
    (``pendingRestore``) neither of the two says anything.

    Parameters
    ----------
    statuses
        Of one registration, in any spelling.
    earlier
        Those that it had before.

    Examples
    --------
    >>> not_delegated(["client hold", "clientTransferProhibited"])
    ('clientHold',)
    >>> not_delegated(["pendingDelete"]), not_delegated(["pendingDelete", "redemptionPeriod"])
    ((), ('redemptionPeriod', 'pendingDelete'))
    """
    present = list(dict.fromkeys(map(epp_status, statuses)))
    found = [status for status in present if {status, status.lower()} & _ABSENT]
    if _RESTORE in present:
        return tuple(status for status in found if status != _REDEMPTION)
    if _DELETION in present and _REDEMPTION in {*present, *map(epp_status, earlier)}:
        found.append(_DELETION)
    return tuple(found)


def to_be_deleted(statuses: Iterable[str]) -> bool:
    """Tell whether a registry was told to delete a name, and it is not being restored.

    After a ``redemptionPeriod`` that cannot be undone, and is done within days (RFC 3915, section
    2). Alone it may be the moment of a request as well, which was not carried out yet (RFC 5731,
    section 2.3): either way the name is about to end.

    >>> to_be_deleted(["pending delete"]), to_be_deleted(["pendingDelete", "pendingRestore"])
    (True, False)
    """
    present = set(map(epp_status, statuses))
    return _DELETION in present and _RESTORE not in present


def locks(statuses: Iterable[str]) -> tuple[str, ...]:
    """Return the statuses by which the registry keeps the registrar from acting on a name.

    With ``serverUpdateProhibited`` a registrar cannot set ``clientHold``, with
    ``serverDeleteProhibited`` it cannot delete the name: the registry has to lift them first,
    which it usually does when the registrar itself asks (RFC 5731, section 2.3). What a client
    has set binds nobody but that client, which may take it off again.

    Parameters
    ----------
    statuses
        Of one registration, in any spelling.

    >>> locks(["server update prohibited", "client delete prohibited"])
    ('serverUpdateProhibited',)
    """
    present = set(map(epp_status, statuses))
    return tuple(lock for lock in (UPDATE_LOCK, DELETE_LOCK) if lock in present)


def transfer_closed(statuses: Iterable[str]) -> tuple[str, ...]:
    """Return the statuses that keep a holder from moving a name to another registrar.

    These are the registry's own, deletion (RFC 3915: what is being deleted is restored at its
    registrar), and a dispute. ``clientTransferProhibited`` is none: nearly every name has it,
    and its registrar takes it off when the holder asks.

    >>> transfer_closed(["clientTransferProhibited"]), transfer_closed(["redemption period"])
    ((), ('redemptionPeriod',))
    """
    closing = {_TRANSFER_LOCK, _REDEMPTION, _DELETION}
    present = dict.fromkeys(map(epp_status, statuses))
    return tuple(one for one in present if one in closing or _DISPUTE.search(one))


def excludes_ok(statuses: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether statuses of a name say that nothing restricts it, and others that something does.

    ``ok`` stands beside no prohibition, no hold and nothing pending (RFC 5731, section 2.3).

    >>> excludes_ok(["ok"], ["client hold"]), excludes_ok(["ok"], ["auto renew period"])
    (True, False)
    """
    restricts = ("Prohibited", "Hold")
    pending = any(
        one.endswith(restricts) or one.startswith("pending") for one in map(epp_status, others)
    )
    return pending and "ok" in set(map(epp_status, statuses))


def renewed_automatically(statuses: Iterable[str]) -> bool:
    """Tell whether a registry has renewed a name by itself: a date in the past has then moved on.

    >>> renewed_automatically(["auto renew period"])
    True
    """
    return "autoRenewPeriod" in set(map(epp_status, statuses))
