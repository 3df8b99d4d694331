"""The doors of a survey in Python: days, folders of surveys, names of a scan that belong to nobody."""

import inspect
import json
from datetime import date

import pytest

import depgraph
from depgraph.errors import QuestionError, RecordingError
from depgraph.survey import files

ZONE = """\
$ORIGIN shop.example.com.
$TTL 300
@ IN SOA ns1.shop.example.com. host.shop.example.com. 1 2 3 4 5
@ IN NS ns1.shop.example.com.
@ IN A 192.0.2.1
ns1 IN A 192.0.2.53
"""


@pytest.fixture
def zone(tmp_path):
    path = tmp_path / "a.zone"
    path.write_text(ZONE)
    return path


@pytest.mark.parametrize("day", ["2026-10-01", date(2026, 10, 1)])
def test_the_day_of_a_zone_is_given_as_people_write_it(zone, day):
    made = depgraph.survey(zone, undated=day)
    assert [str(one) for one in made.days] == ["2026-10-01", "2026-10-01"]


def test_how_to_give_it_is_said(zone):
    with pytest.raises(RecordingError, match="undated in Python"):
        depgraph.survey(zone)
    with pytest.raises(RecordingError, match="expected a date such as"):
        depgraph.survey(zone, undated="yesterday")
    assert "undated" in inspect.signature(depgraph.survey).parameters


def test_a_survey_that_was_written_is_loaded_and_not_surveyed(zone, tmp_path):
    made = depgraph.survey(zone, undated="2026-10-01")
    files.save(made, tmp_path / "made")
    with pytest.raises(QuestionError, match=r"found the survey .*depgraph\.survey\.load"):
        depgraph.survey(tmp_path / "made")
    loaded = depgraph.survey.load(tmp_path / "made")
    assert not made.compare(loaded).moved
    with pytest.raises(QuestionError, match=r"expected a Survey, .*depgraph\.survey\.load"):
        made.compare(tmp_path / "made")


def _zdns(name, kind, *answers):
    rows = [{"name": name, "type": kind, "class": "IN", "ttl": 60, "answer": a} for a in answers]
    data = {"answers": rows, "protocol": "udp", "resolver": "192.0.2.53:53"}
    lookup = {kind: {"status": "NOERROR", "timestamp": "2026-10-01T00:00:00Z", "data": data}}
    return json.dumps({"name": name, "results": lookup})


def test_a_name_whose_domain_was_not_asked_about_is_told(tmp_path):
    path = tmp_path / "scan.ndjson"
    lines = [
        _zdns("alpha.org", "NS", "ns1.beta.net."),
        _zdns("ns1.beta.net", "A", "192.0.2.1"),
        _zdns("www.alpha.org", "A", "192.0.2.2"),
        _zdns("www.gamma.org", "A", "192.0.2.3"),
    ]
    path.write_text("\n".join(lines))
    made = depgraph.survey(path)
    assert [row["service"] for row in made.services.to_pylist()] == ["alpha.org"]
    ((service, why),) = [(row["service"], row["why"]) for row in made.refused.to_pylist()]
    assert service == "www.gamma.org"
    assert "expected its registered domain 'gamma.org' among what was asked" in why
    chosen = depgraph.survey(path, only=["www.gamma.org"])
    assert [row["service"] for row in chosen.services.to_pylist()] == ["www.gamma.org"]
