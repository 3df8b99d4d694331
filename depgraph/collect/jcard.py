"""The parts of RDAP answers that several objects share (RFC 9083, RFC 7095), read forgivingly.

Registries differ in capitals, leave fields out and put null where a list should be; whatever
is not in the expected form is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from depgraph.observations import format_time
from depgraph.values import escaped

_LONGEST = 300  # characters of a name or handle that are kept
_WITHHELD = re.compile(
    r"redacted|not disclosed|data protected|gdpr masked|statutory masking|withheld", re.IGNORECASE
)


def rows(value: Any) -> Iterator[dict[str, Any]]:
    """Give the objects of what should be a list of objects."""
    if isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))


def text(value: Any) -> str:
    """Give one line, escaped, of what should be text."""
    if not isinstance(value, str):
        return ""
    return escaped(" ".join(value.split()))[:_LONGEST].strip()


def roles(entity: dict[str, Any]) -> set[str]:
    """Give the roles of an entity, in lower case whatever the registry writes."""
    found = entity.get("roles")
    if isinstance(found, str):
        found = [found]
    return {role.lower() for role in found if isinstance(role, str)} if found else set()


def entities(data: dict[str, Any], role: str) -> list[dict[str, Any]]:
    """List the entities of an object that have a role."""
    return [entity for entity in rows(data.get("entities")) if role in roles(entity)]


def name(entity: dict[str, Any]) -> str:
    """Give the name on an entity's card: organisation or full name, empty if withheld."""
    for key in ("fn", "org"):
        for field in _fields(entity, key):
            value = field[3]
            found = text(value[0] if isinstance(value, list) and value else value)
            if found and not _WITHHELD.search(found):
                return found
    return ""


def organisation(entity: dict[str, Any]) -> str:
    """Give the organisation on an entity's card, else its name."""
    for field in _fields(entity, "org"):
        value = field[3]
        found = text(value[0] if isinstance(value, list) and value else value)
        if found and not _WITHHELD.search(found):
            return found
    return name(entity)


def country(entity: dict[str, Any]) -> str:
    """Give the country code of an entity's address (RFC 8605), empty if it has none."""
    for field in _fields(entity, "adr"):
        code = field[1].get("cc") if isinstance(field[1], dict) else None
        value = field[3]
        last = value[-1] if isinstance(value, list) and value else None
        for found in (text(code), text(last)):
            if re.fullmatch("[A-Za-z]{2}", found):
                return found.upper()
    return ""


def _fields(entity: dict[str, Any], key: str) -> Iterator[list[Any]]:
    card = entity.get("vcardArray")
    if isinstance(card, list) and len(card) > 1 and isinstance(card[1], list):
        for field in card[1]:
            if (
                isinstance(field, list)
                and len(field) > 3
                and isinstance(field[0], str)
                and field[0].lower() == key
            ):
                yield field


def event(data: dict[str, Any], *actions: str) -> str:
    """Give the date of the first of these events that an object tells of."""
    for action in actions:
        for row in rows(data.get("events")):
            if text(row.get("eventAction")).lower() == action and text(row.get("eventDate")):
                return moment(text(row.get("eventDate")))
    return ""


def moment(date: str) -> str:
    """Give a date in one form, ISO 8601 in UTC, where it says its zone; else as it stands.

    >>> moment("2012-02-24T09:44:34-05:00")
    '2012-02-24T14:44:34Z'
    """
    try:
        found = datetime.fromisoformat(date)
    except ValueError:
        return date
    return date if found.tzinfo is None else format_time(found.replace(microsecond=0))


def services(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give (entry, base URL ending in a slash) of a bootstrap file (RFC 9224), with TLS only."""
    found = data.get("services")
    for service in found if isinstance(found, list) else []:
        if not (isinstance(service, list) and len(service) > 1):
            continue
        entries, urls = service[0], service[1]
        if not (isinstance(entries, list) and isinstance(urls, list)):
            continue
        secure = [u for u in urls if isinstance(u, str) and u.startswith("https://")]
        if secure:
            url = secure[0] if secure[0].endswith("/") else f"{secure[0]}/"
            yield from ((entry, url) for entry in entries if isinstance(entry, str))
