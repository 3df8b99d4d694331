"""From rulings on the parts of a claim to one on the whole of it."""

from __future__ import annotations

from collections.abc import Iterable

from depgraph.analysis.verdicts import Ruling
from depgraph.vocabulary import Confidence, least_sure

Weighed = tuple[Ruling, Confidence]
"""A ruling, and how sure it is."""
_OPEN: Weighed = (Ruling.UNDETERMINED, Confidence.POSSIBLE)


def of_functions(several: Iterable[Weighed], *, affirms: bool) -> Weighed:
    """Return the ruling on a piece of a claim from those on each function.

    A piece that affirms ("depends on A") holds of the service where it holds of a function: it is
    contradicted if it holds of none, and supported in part if it is known of some only. One that
    denies ("independent of A") has to hold of all. So never are both a piece and its denial
    supported, or both contradicted.

    Parameters
    ----------
    several
        Of the functions; those to which the piece does not apply are left out.
    affirms
        Whether the piece says that somebody does or can do something.

    Returns
    -------
    tuple
        Undetermined where there is no function to which it applies.
    """
    applying = [one for one in several if one[0] is not Ruling.NOT_APPLICABLE]
    found = {ruling for ruling, _ in applying}
    if len(found) == 1:
        (ruling,) = found
    elif affirms and found & {Ruling.SUPPORTED, Ruling.PARTLY}:
        ruling = Ruling.PARTLY
    elif not affirms and Ruling.CONTRADICTED in found:
        ruling = Ruling.CONTRADICTED
    else:
        return _OPEN
    if ruling is Ruling.UNDETERMINED:
        return _OPEN
    holds = {ruling, Ruling.SUPPORTED} if ruling is Ruling.PARTLY else {ruling}
    decisive = [sure for one, sure in applying if one in holds]
    if ruling is Ruling.PARTLY or (ruling is Ruling.CONTRADICTED and not affirms):
        return ruling, min(decisive, key=lambda sure: sure.rank)  # one function is enough
    return ruling, least_sure(decisive)


def of_pieces(several: Iterable[Weighed]) -> Weighed:
    """Return the ruling on a claim from those on its pieces, which it says all of.

    It is contradicted if a piece is, and else supported, or supported in part, if all are. It does
    not apply where none of them does.
    """
    pieces = list(several)
    found = {ruling for ruling, _ in pieces}
    if found == {Ruling.NOT_APPLICABLE}:
        return Ruling.NOT_APPLICABLE, least_sure([sure for _, sure in pieces])
    if Ruling.CONTRADICTED in found:
        sure = [sure for ruling, sure in pieces if ruling is Ruling.CONTRADICTED]
        return Ruling.CONTRADICTED, min(sure, key=lambda one: one.rank)
    if not pieces or Ruling.UNDETERMINED in found:
        return _OPEN
    ruling = Ruling.PARTLY if Ruling.PARTLY in found else Ruling.SUPPORTED
    return ruling, least_sure([sure for _, sure in pieces])
