"""Uploaded names never become paths; what is laid down is what was uploaded."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app_pages.uploads import lay_down, safe_name


@dataclass
class Upload:
    """What the uploader hands over."""

    name: str
    data: bytes

    def getvalue(self) -> bytes:
        """All bytes."""
        return self.data


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("2024年预算绩效目标.xlsx", "2024年预算绩效目标.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\公开\\绩效.doc", "绩效.doc"),
        (".bashrc", "bashrc"),
        ("..", "未命名"),
        ("", "未命名"),
        ("a\x00b\n.txt", "ab.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("绩" * 200 + ".docx", "绩" * 58 + ".docx"),
        ("无后缀", "无后缀"),
    ],
)
def test_safe_name(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
@example("a" * 400)
@example("." * 300 + "txt")
@example("x." + "长" * 100)
def test_a_safe_name_is_one_part_of_a_path_and_fits(name: str) -> None:
    kept = safe_name(name)
    assert Path(kept).name == kept
    assert kept not in ("", ".", "..")
    assert not kept.startswith(".")
    assert 0 < len(kept.encode()) <= 200
    assert safe_name(kept) == kept


def test_files_of_one_name_stay_apart() -> None:
    folder, laid = lay_down([Upload("a.txt", b"1"), Upload("x/a.txt", b"2")])
    assert [item.name for item in laid] == ["a.txt", "a.txt"]
    assert [item.path.read_bytes() for item in laid] == [b"1", b"2"]
    assert all(item.path.is_relative_to(folder) for item in laid)
