"""Uploaded names never become paths; what is laid down is what was uploaded."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app_pages.uploads import (
    MOST_BYTES,
    MOST_FILES,
    check_uploads,
    lay_down,
    read_in,
    safe_name,
)
from errors import LimitError
from service.home import Home


@dataclass
class Upload:
    """What the uploader hands over."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self.data)

    def getvalue(self) -> bytes:
        """All bytes."""
        return self.data


@dataclass
class Huge(Upload):
    """One that says how large it is, and would be held in memory if it were asked for."""

    said: int = 0

    @property
    def size(self) -> int:
        """Number of bytes."""
        return self.said

    def getvalue(self) -> bytes:
        """Not to be asked for."""
        raise AssertionError("read before it was measured")


def test_too_many_or_too_large_uploads_are_refused_unread() -> None:
    many = [Huge("a.txt", b"", 1)] * (MOST_FILES + 1)
    large = [Huge("a.xlsx", b"", MOST_BYTES), Huge("b.xlsx", b"", 1)]
    for uploads in (many, large):
        with pytest.raises(LimitError, match="at once"):
            check_uploads(uploads)
        with pytest.raises(LimitError):
            lay_down(uploads)
    check_uploads([Huge("a.xlsx", b"", MOST_BYTES)])


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


def test_an_archive_gives_a_result_for_each_document(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "corpus" / "samples"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(samples / "001_A1_jiaoyu.txt", "教育局/目标表.txt")
        archive.writestr("空.txt", b"")
    home = Home.open(tmp_path / "home", create=True)
    water = Upload("水利.txt", (samples / "002_A1_shuili.txt").read_bytes())
    for known in (False, True):
        folder, laid = lay_down([Upload("2024年.zip", packed.getvalue()), water])
        results = {r.name: r for r in read_in(home, folder, laid, lambda *ignored: None)}
        assert set(results) == {"2024年.zip/教育局/目标表.txt", "2024年.zip/空.txt", "水利.txt"}
        read = [name for name, result in results.items() if result.document]
        assert set(read) == {"2024年.zip/教育局/目标表.txt", "水利.txt"}
        assert all(results[name].known is known for name in read)
        assert "empty file" in results["2024年.zip/空.txt"].reason
        assert not folder.exists()
    with home.store() as store:
        assert list(store.skipped()) == []
