"""Who is behind what: the catalogue of dated facts, the rules, and attribution by them."""

from depgraph.former import former
from depgraph.providers.attribute import attribute
from depgraph.providers.catalogue import Catalogue
from depgraph.providers.checks import bases, check, unverified
from depgraph.providers.explain import Explanation, explain
from depgraph.providers.files import load
from depgraph.providers.longtail import same_operator
from depgraph.providers.rows import (
    Company,
    Group,
    Law,
    Parent,
    Provider,
    is_by_delegation,
    is_by_registry,
    is_unverified,
)
from depgraph.providers.rules import Rule, Rules
from depgraph.providers.signals import KINDS, ROLES, Attribution, Signal, Spoken, is_nobody

__all__ = [
    "KINDS",
    "ROLES",
    "Attribution",
    "Catalogue",
    "Company",
    "Explanation",
    "Group",
    "Law",
    "Parent",
    "Provider",
    "Rule",
    "Rules",
    "Signal",
    "Spoken",
    "attribute",
    "bases",
    "check",
    "explain",
    "is_by_delegation",
    "is_by_registry",
    "is_nobody",
    "is_unverified",
    "load",
    "same_operator",
    "unverified",
]

__getattr__ = former(
    __name__, {name: f"depgraph.survey.{name}" for name in ("attribute_cases", "layers")}
)
