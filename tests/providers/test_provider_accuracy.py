"""The accuracy benchmark counts right, wrong and unknown as it says it does."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "accuracy.py"


@pytest.fixture
def accuracy(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARK.parent)  # as when it is run as a script
    spec = importlib.util.spec_from_file_location("accuracy", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("accuracy")
def test_figures() -> None:
    counting = sys.modules["scoring.score"]
    score = counting.Score("x")
    score.add("a", right=1, answered=1, expected=1)
    score.add("a", right=0, answered=1, expected=1, case="c1", note="wrong one")
    score.add("b", right=0, answered=0, expected=1)
    score.add("b", right=2, answered=2, expected=2)
    rows = [row for group in score.sets.values() for row in group]
    assert score.figures(rows) == (3 / 4, 3 / 5, 1 / 4)
    assert score.wrong == [counting.Disagreement("x", "c1", "wrong one")]
    assert score.line() == score.line()


def test_a_small_run(
    accuracy: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [
        ("right.example", ["mx01.hornetsecurity.com"], "microsoft", ["autodiscover.outlook.com"]),
        ("wrong.example", ["aspmx.l.google.com"], "other", []),
        ("unknown.example", ["mx01.hornetsecurity.com"], "other", []),
    ]
    lines = [
        json.dumps(
            {
                "domain": domain,
                "date": "2026-04-10",
                "records": {"MX": hosts, "AUTODISCOVER_CNAME": pointing},
                "label": {"email_bigtech": label},
            }
        )
        for domain, hosts, label, pointing in cases
    ]
    (tmp_path / "mx_consensus.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "gov.zone").write_text(
        "one.gov. 3600 IN NS a.ns.cloudflare.com.\n"
        "two.gov. 3600 IN NS ns1.two.gov.\n"
        "three.gov. 3600 IN NS ns1.example.net.\n"
        "gov. 3600 IN NS a.ns.gov.\n"
    )
    (tmp_path / "cname.tsv").write_text(
        "www.a.example\tx.edgekey.net\t3\nwww.a.example\ty.a.example\t1\nwww.b.example\tz.example.net\t1\n"
    )
    code = accuracy.main(
        [
            "--truth",
            str(tmp_path),
            "--gov",
            str(tmp_path / "gov.zone"),
            "--cname",
            str(tmp_path / "cname.tsv"),
            "--wrong",
            "3",
        ]
    )
    shown = capsys.readouterr().out
    assert code == 0
    line = next(text for text in shown.splitlines() if text.startswith("mailbox: Big Tech class"))
    assert line.split()[4:8] == ["3", "2", "0.500", "0.333"]
    assert "wrong.example: label other, found ['google']" in shown
    assert "all of a domain's: 0.333 of 3 domains" in shown
    assert "with the domain's own: 0.667" in shown
    assert "named: 0.500 of 2" in shown
