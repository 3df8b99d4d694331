"""Where sources are reached, read from a file."""

import json

import pytest

from depgraph.collect import Endpoints
from depgraph.errors import CollectionError


def test_endpoints_are_read_from_json(tmp_path):
    path = tmp_path / "lab.json"
    maps = {
        "dns": {"192.0.2.1": ["127.0.0.1", 5300]},
        "roots": {"a.root-servers.net": ["192.0.2.1"]},
        "closed": True,
    }
    path.write_text(json.dumps(maps))
    read = Endpoints.read(path)
    assert read.for_dns("192.0.2.1") == ("127.0.0.1", 5300)
    assert dict(read.roots) == {"a.root-servers.net": ("192.0.2.1",)}
    assert read.for_dns("192.0.2.2") is None


@pytest.mark.parametrize("text", ["", "[]", '{"dns": {"192.0.2.1": "here"}}', '{"smtp": {}}'])
def test_a_file_that_is_no_endpoints_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "lab.json"
    path.write_text(text)
    with pytest.raises(CollectionError, match="expected the fields of") as caught:
        Endpoints.read(path)
    assert "\n" not in str(caught.value)
