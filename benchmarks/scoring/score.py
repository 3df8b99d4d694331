"""Counts of right, wrong and unknown, by operator set, and their intervals."""

from __future__ import annotations

import collections
import random
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Disagreement:
    """An answer that differs from its label: whose case, and both with what they rest on."""

    layer: str
    case: str
    note: str


@dataclass
class Score:
    """Counts of one layer, by operator set."""

    name: str
    sets: dict[str, list[tuple[float, float, float, float]]] = field(
        default_factory=lambda: collections.defaultdict(list)
    )
    wrong: list[Disagreement] = field(default_factory=list)

    def add(
        self,
        group: str,
        *,
        right: float,
        answered: float,
        expected: float,
        case: str = "",
        note: str = "",
    ) -> None:
        """Count one case: right answers, answers given, answers expected."""
        self.sets[group].append((right, answered, expected, float(answered == 0)))
        if right < answered and note:
            self.wrong.append(Disagreement(self.name.strip(), case, note))

    def figures(
        self, rows: Iterable[tuple[float, float, float, float]]
    ) -> tuple[float, float, float]:
        right = answered = expected = unknown = count = 0.0
        for r, a, e, u in rows:
            right, answered, expected, unknown, count = (
                right + r,
                answered + a,
                expected + e,
                unknown + u,
                count + 1,
            )
        return (
            right / answered if answered else float("nan"),
            right / expected if expected else float("nan"),
            unknown / count if count else float("nan"),
        )

    def line(self, naive: Score | None = None, *, draws: int = 400) -> str:
        rows = [row for group in self.sets.values() for row in group]
        if not rows:
            return f"{self.name:34} no cases"
        precision, recall, unknown = self.figures(rows)
        chance = random.Random(20261122)
        groups = [self.sets[key] for key in sorted(self.sets)]
        drawn = sorted(
            self.figures(row for _ in groups for row in chance.choice(groups))[1]
            for _ in range(draws)
        )
        low, high = drawn[int(draws * 0.025)], drawn[int(draws * 0.975)]
        wrong = sum(max(0.0, a - r) for r, a, _, _ in rows) / max(
            1.0, sum(e for _, _, e, _ in rows)
        )
        text = (
            f"{self.name:34} {len(rows):6} {len(groups):5}  {precision:6.3f} {recall:6.3f}"
            f"  [{low:.3f} {high:.3f}]  {unknown:6.3f}  {wrong:6.4f}"
        )
        if naive is not None:
            p, r, _ = naive.figures(row for group in naive.sets.values() for row in group)
            text += f"   {p:6.3f} {r:6.3f}"
        return text


HEAD = f"{'layer':34} {'cases':>6} {'sets':>5}  {'prec':>6} {'recall':>6}  {'95 % of recall':>13}  {'unkn':>6}  {'wrong':>6}   {'naive p':>6} {'r':>6}"
