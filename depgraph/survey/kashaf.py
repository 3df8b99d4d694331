"""Third-party, critical, concentration, impact: the measures of Kashaf et al. for many sites.

Kashaf, Sekar & Agarwal, "Analyzing third party service dependencies in modern web services:
have we learned from the Mirai-Dyn incident?", IMC 2020. A *use* is what one site uses of
one service (DNS, CDN, certificate authority): the providers, and which of them are a third
party. A site *depends* on third parties if it uses one, and *critically* if it is not
redundant. There are two readings of redundant:

* ``strict``: a critical site uses one provider in all; a private secondary is redundancy.
  This gives the published 89.2 % third-party and 84.8 % critical.
* ``loose``: it uses one third party; its own servers are not counted as redundancy.

The *concentration* C_p of a provider is the number of sites that use it, its *impact* I_p
that of the sites that critically depend on it; with `via`, also through the services that
they use (a site on a CDN that is itself on one DNS provider).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from depgraph.errors import QuestionError

Rule = Literal["strict", "loose"]
RULES: tuple[Rule, ...] = ("strict", "loose")


@dataclass(frozen=True, slots=True)
class Use:
    """What one site uses of one service.

    Parameters
    ----------
    site
        Its name.
    third
        The third parties among the providers.
    everyone
        All providers, private ones too; empty if nobody knows.
    """

    site: str
    third: frozenset[str]
    everyone: frozenset[str]

    @classmethod
    def of(cls, site: str, *, third: Iterable[str], private: Iterable[str] = ()) -> Use:
        """Make one from the third parties and the private providers.

        >>> Use.of("example.com", third=["acme"], private=["example.com"]).everyone == {
        ...     "acme", "example.com"}
        True
        """
        others = frozenset(third)
        return cls(site, others, others | frozenset(private))


@dataclass(frozen=True, slots=True)
class Shares:
    """How many sites depend on third parties, and on whom.

    Parameters
    ----------
    sites
        How many the service of which is known (the denominator).
    third_party, critical
        Names of the sites that depend, and critically depend, on a third party.
    concentration, impact
        Provider -> C_p and I_p.
    """

    rule: Rule
    sites: int
    third_party: frozenset[str]
    critical: frozenset[str]
    concentration: Mapping[str, int]
    impact: Mapping[str, int]

    def percent(self, of: Literal["third_party", "critical"]) -> float:
        """Give a share in per cent of the sites known; 0 of none."""
        return 100 * len(getattr(self, of)) / self.sites if self.sites else 0.0

    def top(self, count: int = 5) -> list[tuple[str, int, int]]:
        """List the providers of greatest concentration: ``(provider, C_p, I_p)``."""
        ranked = sorted(self.concentration.items(), key=lambda row: (-row[1], row[0]))
        return [(name, uses, self.impact.get(name, 0)) for name, uses in ranked[:count]]

    def __repr__(self) -> str:
        return (
            f"<{self.rule}: {self.sites} sites, {len(self.third_party)} third-party "
            f"({self.percent('third_party'):.1f} %), {len(self.critical)} critical "
            f"({self.percent('critical'):.1f} %)>"
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON form (the sites counted, not listed)."""
        return {
            "rule": self.rule,
            "sites": self.sites,
            "third_party": len(self.third_party),
            "critical": len(self.critical),
            "concentration": dict(self.concentration),
            "impact": dict(self.impact),
        }


def kashaf(
    uses: Iterable[Use],
    *,
    rule: Rule = "strict",
    via: Mapping[str, Use] | None = None,
) -> Shares:
    """Count third-party and critical dependencies by one of the two rules.

    Parameters
    ----------
    uses
        One for each site; sites of which nobody is known are not counted.
    rule
        ``"strict"`` or ``"loose"``, see above.
    via
        What the providers themselves use of another service, by provider: their providers
        count for the sites too, critically where both are critical.

    Raises
    ------
    QuestionError
        If there is no such rule.
    """
    if rule not in RULES:
        raise QuestionError(f"expected the rule 'strict' or 'loose', found {rule!r}")
    known = 0
    third_party = set()
    critical = set()
    concentration: Counter[str] = Counter()
    impact: Counter[str] = Counter()
    for use in uses:
        if not use.everyone:
            continue
        known += 1
        lone = is_critical(use, rule)
        if use.third:
            third_party.add(use.site)
        if lone:
            critical.add(use.site)
        reached, decisive = set(use.third), set(use.third if lone else ())
        for provider in use.everyone if via else ():
            inner = (via or {}).get(provider)
            if inner is None:
                continue
            reached |= inner.third
            if len(use.everyone) == 1 and is_critical(inner, rule):
                decisive |= inner.third
        concentration.update(reached)
        impact.update(decisive)
    return Shares(
        rule,
        known,
        frozenset(third_party),
        frozenset(critical),
        dict(sorted(concentration.items())),
        dict(sorted(impact.items())),
    )


def is_critical(use: Use, rule: Rule) -> bool:
    """Tell whether a site critically depends on a third party of the service.

    >>> mixed = Use.of("example.com", third=["acme"], private=["example.com"])
    >>> is_critical(mixed, "strict"), is_critical(mixed, "loose")
    (False, True)
    """
    counted = use.everyone if rule == "strict" else use.third
    return bool(use.third) and len(counted) == 1
