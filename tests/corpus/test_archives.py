"""Documents in archives: each a document of its own, read again only when it changed."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import limits
from corpus.intake.archives import chunks_of, members_of, with_members
from corpus.intake.originals import original_path
from corpus.intake.walk import FoundFile, find_files
from errors import InputError, LimitError, UnreadableError
from tests.corpus.documents_home import Home

TABLE = (
    "项目名称\t{0}\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t{0}长度\t≥12公里\n"
)


def table(name: str) -> bytes:
    return TABLE.format(name).encode()


def pack(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def pack_as_windows_does(path: Path, members: dict[str, bytes]) -> Path:
    """Names in GBK, with the other slash, and no mark of their encoding."""
    names = [name.encode("gb18030") for name in members]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in zip(names, members.values(), strict=True):
            info = zipfile.ZipInfo("x" * len(name))
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    packed = buffer.getvalue()
    for name in names:  # once before the member, once in the table of contents
        packed = packed.replace(b"x" * len(name), name, 2)
    path.write_bytes(packed)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path)
    yield opened
    opened.store.close()


def found(path: Path) -> FoundFile:
    return FoundFile(path, str(path))


def members(path: Path) -> tuple[FoundFile, ...]:
    inside = members_of(found(path))
    assert inside is not None
    return inside


@pytest.mark.parametrize("workers", [1, 2])
def test_each_member_is_a_document(home: Home, workers: int) -> None:
    files = {"教育局/甲.txt": table("甲"), "乙.txt": table("乙"), "空.txt": b""}
    pack(home.docs / "2024年.zip", files)
    (home.docs / "丙.txt").write_bytes(table("丙"))
    counts = home.ingest(workers=workers)
    assert (counts.documents, counts.added) == (3, 3)
    assert home.documents() == ["2024年.zip/乙.txt", "2024年.zip/教育局/甲.txt", "丙.txt"]
    (skipped,) = counts.skipped
    assert skipped.path == str(home.docs / "2024年.zip" / "空.txt")
    assert "empty file" in skipped.reason
    sources = {s.file for p in home.store.projects() for s in p.sources}
    assert "2024年.zip/教育局/甲.txt" in sources
    for document in home.store.documents():
        kept = original_path(home.files_dir, document.id).read_bytes()
        assert kept in (table("甲"), table("乙"), table("丙"))


def test_only_members_that_changed_are_read_again(home: Home) -> None:
    path = home.docs / "a.zip"
    pack(path, {"1.txt": table("一"), "2.txt": table("二")})
    assert home.ingest().added == 2
    pack(path, {"1.txt": table("一"), "2.txt": table("贰"), "3.txt": table("三")}, 0)
    counts = home.ingest()
    assert (counts.unchanged, counts.changed, counts.added, counts.removed) == (1, 1, 1, 0)
    pack(path, {"2.txt": table("贰")})
    assert home.ingest().documents == 3
    counts = home.ingest(path, prune=True)  # an archive is given as a folder is
    assert (counts.documents, counts.removed, counts.unchanged) == (1, 2, 1)
    path.unlink()
    assert home.ingest(prune=True).documents == 0


def test_what_an_archive_holds_stays_while_it_cannot_be_opened(home: Home) -> None:
    path = pack(home.docs / "a.zip", {"1.txt": table("一")})
    home.ingest()
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    counts = home.ingest(prune=True)
    assert (counts.documents, counts.removed) == (1, 0)
    (skipped,) = counts.skipped
    assert skipped.name == "a.zip"
    assert "expected an intact archive" in skipped.reason
    path.write_bytes(whole)
    counts = home.ingest()
    assert (counts.documents, counts.unchanged, counts.skipped) == (1, 1, ())
    assert list(home.store.skipped()) == []


def test_names_in_gbk_utf8_and_twice(tmp_path: Path) -> None:
    windows = pack_as_windows_does(
        tmp_path / "gbk.zip", {"绩效\\教育局目标表.txt": b"1", "水利局.txt": b"2"}
    )
    assert [m.name for m in members(windows)] == [
        "gbk.zip/绩效/教育局目标表.txt",
        "gbk.zip/水利局.txt",
    ]
    marked = pack(tmp_path / "utf8.zip", {"绩效/表.txt": b"1"})
    assert [m.name for m in members(marked)] == ["utf8.zip/绩效/表.txt"]
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive,
    ):
        archive.writestr("a.txt", b"1")
        archive.writestr("a.txt", b"2")
    twice = members(tmp_path / "twice.zip")
    assert [m.name for m in twice] == ["twice.zip/a.txt", "twice.zip/a (2).txt"]
    assert [b"".join(chunks_of(m)) for m in twice] == [b"1", b"2"]


def test_names_that_would_leave_the_archive_and_hidden_files(tmp_path: Path) -> None:
    names = ["../../etc/x.txt", "/abs.txt", "a/./b/../c.txt", ".hidden", "__MACOSX/._a.txt"]
    names += ["~$a.doc", "folder/", "Thumbs.db"]
    path = pack(tmp_path / "a.zip", dict.fromkeys(names, b"1"))
    assert [m.name for m in members(path)] == [
        "a.zip/etc/x.txt",
        "a.zip/abs.txt",
        "a.zip/a/b/c.txt",
    ]


def test_office_files_and_others_are_no_archives(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "corpus" / "samples"
    for name in ("023_A1_jiaoyu_docx.docx", "024_E_wenlv_xlsx.xlsx", "001_A1_jiaoyu.txt"):
        assert members_of(found(samples / name)) is None
    assert members_of(found(pack(tmp_path / "a.ofd", {"OFD.xml": b""}))) is None


def test_an_archive_in_an_archive_is_refused(home: Home) -> None:
    inner = pack(home.docs / "inner.zip", {"1.txt": table("一")})
    pack(home.docs / "outer.zip", {"inner.zip": inner.read_bytes(), "2.txt": table("二")})
    inner.unlink()
    counts = home.ingest()
    assert home.documents() == ["outer.zip/2.txt"]
    (skipped,) = counts.skipped
    assert "an archive inside an archive; unpack the inner one" in skipped.reason


def flagged(path: Path, at: int, value: int) -> Path:
    """The archive with a field of its member set in its table of contents."""
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02") + at
    data[start : start + 2] = value.to_bytes(2, "little")
    path.write_bytes(data)
    return path


def test_members_that_cannot_be_unpacked(tmp_path: Path) -> None:
    one = {"1.txt": table("一")}
    locked = flagged(pack(tmp_path / "locked.zip", one), 8, 1)
    odd = flagged(pack(tmp_path / "odd.zip", one), 10, 9)
    wrong_sum = flagged(pack(tmp_path / "sum.zip", one), 16, 0)
    wrong_place = flagged(pack(tmp_path / "place.zip", one), 42, 7)
    wrong_size = flagged(pack(tmp_path / "size.zip", one), 24, 5)
    for path, word in [
        (locked, "without a password"),
        (odd, "rare way of packing"),
        (wrong_sum, "damaged"),
        (wrong_place, "damaged"),
        (wrong_size, "damaged"),
    ]:
        (member,) = with_members(find_files([path])).files
        with pytest.raises(UnreadableError, match=word):
            b"".join(chunks_of(member))


def test_limits_of_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.zip", {f"{n}.txt": b"x" * 1000 for n in range(5)})
    for name, value, word in [
        ("MEMBERS", 4, "at most 4 files in an archive, found 5; unpack it"),
        ("UNPACKED_BYTES", 4999, "an archive unpacked"),
        ("ARCHIVE_BYTES", 100, "in an archive"),
        ("DIRECTORY_BYTES", 40, "a table of contents"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(limits, name, value)
            with pytest.raises(LimitError, match=word):
                members(path)
    with monkeypatch.context() as patch:
        patch.setattr(limits, "FILE_BYTES", 999)
        assert all("in a file" in member.refused for member in members(path))
    with monkeypatch.context() as patch:
        patch.setattr(limits, "RATIO_FROM", 500)
        patch.setattr(limits, "RATIO", 20)
        assert all("20 times the packed size" in member.refused for member in members(path))


def test_every_refusal_is_one_of_ours(tmp_path: Path) -> None:
    data = pack(tmp_path / "a.zip", {"1.txt": table("一"), "2.txt": table("二")}).read_bytes()
    cut = tmp_path / "cut.zip"
    for end in range(4, len(data), 7):
        cut.write_bytes(data[:end])
        with pytest.raises(InputError):
            members(cut)
