"""The claims that can be checked, as people write them in English and French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from depgraph.errors import QuestionError


class Form(StrEnum):
    """What a claim says."""

    CANNOT_STOP = "cannot-stop"  # independent of X: X together cannot stop it
    CAN_STOP = "can-stop"  # depends on X: X together can stop it
    NOT_ON_PATH = "not-on-path"  # free of X: none of X is on any path
    NOBODY_ALONE = "nobody-alone"  # no single company can stop it


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that was read.

    Parameters
    ----------
    form
        What it says.
    actors
        About whom, as written; empty for ``nobody-alone``.
    level
        For ``nobody-alone``.
    functions
        Names of the functions it speaks of; empty: all.
    """

    form: Form
    actors: str = ""
    level: str = "company"
    functions: tuple[str, ...] = ()


_LEVEL: Final[Mapping[str, str]] = {
    "company": "company",
    "provider": "provider",
    "country": "country",
    "network": "asn",
    "name server": "nameserver",
    "nameserver": "nameserver",
    "point of failure": "company",
    "entreprise": "company",
    "fournisseur": "provider",
    "pays": "country",
    "réseau": "asn",
    "serveur de noms": "nameserver",
}
_FUNCTION: Final[Mapping[str, tuple[str, ...]]] = {
    "web": ("web", "web-www"),
    "web site": ("web", "web-www"),
    "website": ("web", "web-www"),
    "site": ("web", "web-www"),
    "mail": ("mail",),
    "e-mail": ("mail",),
    "email": ("mail",),
    "courrier": ("mail",),
    "name": ("name",),
    "domain": ("name",),
    "nom": ("name",),
    "domaine": ("name",),
}
_WHAT = "|".join(sorted(map(re.escape, _FUNCTION), key=len, reverse=True))
_WHO = "|".join(map(re.escape, _LEVEL))
_STOP = r"(?:stop|take\s+down|shut\s+down|take|shut|arrêter|couper|fermer)"
_TARGET = (
    rf"(?:it|its|the|his|her|le|la|l['’]|\s)*(?P<what>{_WHAT})?(?:\s+down|\s+alone|\s+seule?)*"
)
_ABOUT = rf"(?:(?:its|the|le|la|son)?\s*(?P<lead>{_WHAT})\s*(?::|is|are|est)?\s+)?"
_TAIL = rf"(?:\s+for\s+(?:its\s+)?(?P<what>{_WHAT}))?"
_IS = r"(?:is |are |was |were )?"
_RELIANT = r"(?:reliant|dependent|relying|depending)"
_TRIBUTAIRE = r"(?:dépendante?|tributaire)"
_DE = r"(?:de la |de |des |du |d['’])"
_FORMS: Final = tuple(
    (form, re.compile(pattern, re.IGNORECASE))
    for form, pattern in (
        (Form.NOBODY_ALONE, rf"no single (?P<level>{_WHO})(?: (?:can|could) {_STOP}{_TARGET})?"),
        (Form.NOBODY_ALONE, rf"aucune? (?P<level>{_WHO}) ne peut\s+(?:l['’])?{_STOP}{_TARGET}"),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}(?:is |it is |now |fully |completely |totally )*independent (?:of|from) (?P<who>.+?){_TAIL}",
        ),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}(?:est )?indépendante? {_DE}(?P<who>.+)",
        ),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}(?:it )?(?:does not|doesn['’]t|no longer) (?:depends?|rely|relies) (?:up)?on (?P<who>.+?){_TAIL}",
        ),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}(?:it )?(?:{_IS}(?:not|no longer)|isn['’]t|aren['’]t) {_RELIANT} (?:up)?on (?P<who>.+?){_TAIL}",
        ),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}ne dépend (?:pas|plus) {_DE}(?P<who>.+)",
        ),
        (
            Form.CANNOT_STOP,
            rf"{_ABOUT}(?:il |elle )?n['’]est (?:pas|plus) {_TRIBUTAIRE} {_DE}(?P<who>.+)",
        ),
        (
            Form.CAN_STOP,
            rf"{_ABOUT}(?:it )?(?:depends?|relies|rely|{_IS}{_RELIANT}) (?:up)?on (?P<who>.+?){_TAIL}",
        ),
        (Form.CAN_STOP, rf"{_ABOUT}dépend {_DE}(?P<who>.+)"),
        (Form.CAN_STOP, rf"{_ABOUT}(?:il |elle )?(?:est )?{_TRIBUTAIRE} {_DE}(?P<who>.+)"),
        (
            Form.NOT_ON_PATH,
            rf"{_ABOUT}(?:is |it is )?(?:free of|untouched by|without any|sans) (?P<who>.+?){_TAIL}",
        ),
        (Form.CANNOT_STOP, rf"(?P<who>.+?) (?:cannot|can['’]t|can not|could not) {_STOP}{_TARGET}"),
        (
            Form.CANNOT_STOP,
            rf"(?P<who>.+?) ne (?:peut|peuvent|pourrait) pas (?:l['’])?{_STOP}{_TARGET}",
        ),
        (Form.CAN_STOP, rf"(?P<who>.+?) (?:can|could) {_STOP}{_TARGET}"),
        (Form.CAN_STOP, rf"(?P<who>.+?) (?:peut|peuvent|pourrait) (?:l['’])?{_STOP}{_TARGET}"),
    )
)


def read_claim(text: str) -> Claim:
    """Read a claim in English or French.

    Raises
    ------
    QuestionError
        If it has none of the forms: the message lists them.

    Examples
    --------
    >>> read_claim("independent of big-tech").actors
    'big-tech'
    >>> read_claim("not reliant on so-called Big Tech").actors
    'so-called Big Tech'
    >>> read_claim("mail does not depend on Microsoft").functions
    ('mail',)
    >>> read_claim("no single country can take it down").level
    'country'
    """
    plain = " ".join(text.strip().rstrip(".!").split())
    for form, pattern in _FORMS:
        match = pattern.fullmatch(plain)
        if match is None:
            continue
        parts = match.groupdict()
        what = (parts.get("lead") or parts.get("what") or "").casefold()
        return Claim(
            form=form,
            actors=(parts.get("who") or "").strip(" \"'“”«»"),
            level=_LEVEL[(parts.get("level") or "company").casefold()],
            functions=_FUNCTION.get(what, ()),
        )
    raise QuestionError(
        "expected a claim such as 'independent of big-tech', 'not reliant on Big Tech', "
        "'mail does not depend on Microsoft', "
        "'depends on AS16509', 'Amazon cannot stop web', 'free of US' or 'no single company can "
        f"take it down', found {text!r}"
    )
