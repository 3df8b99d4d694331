"""One spelling for the status of a registration, whichever protocol or registry wrote it.

EPP writes ``clientHold`` (RFC 5731, RFC 3915), RDAP ``client hold`` (RFC 8056), WHOIS the EPP
word with the address of an explanation, and some registries ``CLIENT HOLD``, ``client-hold`` or
``CLIENT_HOLD``. Recordings made before this spelling hold the others, so whoever compares
statuses calls :func:`epp_status` first.
"""

from __future__ import annotations

import re

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
_NOT_DELEGATED = frozenset(
    {
        "clientHold",  # RFC 5731, section 2.3
        "serverHold",
        "inactive",
        "redemptionPeriod",  # RFC 3915, section 3.1: deleted, and out of the zone
        "suspended",  # .uk
        "not delegated",  # .ru, .su
    }
)
_SPELLING = {status.lower(): status for status in _STATUSES}
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


def is_not_delegated(text: str) -> bool:
    """Tell whether a status says that the name is registered, but not in its parent's zone.

    Such a name does not work, whoever does what. A lock (``clientTransferProhibited``) is no
    such status, nor is ``pendingDelete``, which may be waited for with the delegation in place.

    Parameters
    ----------
    text
        A status in any spelling.

    Examples
    --------
    >>> is_not_delegated("client hold"), is_not_delegated("clientTransferProhibited")
    (True, False)
    """
    status = epp_status(text)
    return status in _NOT_DELEGATED or status.lower() in _NOT_DELEGATED
