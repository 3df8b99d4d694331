"""Lists of names as people have them: nothing of them is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from depgraph.errors import InvalidName, QuestionError
from depgraph.names import parse
from depgraph.readers import NameList, read_list


def listed(tmp_path: Path, text: str | bytes) -> NameList:
    path = tmp_path / "list"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_list(path)


def test_columns_of_one_title_are_told_apart(tmp_path: Path) -> None:
    found = listed(tmp_path, "name\tdomain\tname\nA\tville-0.fr\t1\nB\tville-1.fr\t2\n")
    assert found.columns == ("name", "name (2)")
    assert found.names["ville-0.fr"] == {"name": "A", "name (2)": "1"}
    assert found.column("NAME (2)") == "name (2)"
    with pytest.raises(QuestionError, match=r"\('name', 'name \(2\)'\), found 'owner'"):
        found.column("owner")


@pytest.mark.parametrize("code", [0x034F, 0xFE0F, 0x115F, 0x3164, 0x180B, 0x17B4, 0xE0100])
def test_an_invisible_character_makes_no_other_name(code: int) -> None:
    with pytest.raises(InvalidName, match=f"U\\+{code:04X}"):
        parse(f"vil{chr(code)}le.fr")
