"""Reading files without storing them."""

import io
import zipfile
from pathlib import Path

import pytest

from corpus import limits
from corpus.records import Parsed
from errors import LimitError, NoTableError, UnreadableError, UsageError
from service import parse

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
GOOD = SAMPLES / "013_B_danwei_zaiqian.txt"


def test_files_keep_their_order_and_folders_are_walked(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    for path in (tmp_path / "b.txt", tmp_path / "a.txt", inner / "c.txt", tmp_path / ".hidden"):
        path.touch()
    assert parse.files_under([GOOD, tmp_path]) == [
        GOOD,
        tmp_path / "a.txt",
        tmp_path / "b.txt",
        inner / "c.txt",
    ]


def test_a_folder_without_files_is_refused_unless_allowed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        parse.files_under([tmp_path])
    assert parse.files_under([tmp_path], empty=True) == []


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="absent"):
        parse.files_under([GOOD, tmp_path / "absent"])


def test_every_file_is_answered_in_order(tmp_path: Path) -> None:
    empty, prose = tmp_path / "empty.txt", tmp_path / "prose.txt"
    empty.touch()
    prose.write_text("今天天气很好。\n", encoding="utf-8")
    paths = [empty, GOOD, prose, tmp_path / "gone.txt"]
    answers = list(parse.parse_files(paths))
    assert [path for path, _ in answers] == paths
    kinds = [type(answer) for _, answer in answers]
    assert kinds == [UnreadableError, Parsed, NoTableError, UnreadableError]


def test_the_file_name_stands_in_the_sources() -> None:
    parsed = parse.parse_file(GOOD)
    assert isinstance(parsed, Parsed)
    assert {i.source.file for p in parsed.projects for i in p.indicators} == {GOOD.name}


def test_too_large_a_file_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    path = tmp_path / "long.txt"
    path.write_bytes(GOOD.read_bytes()[:1001])
    assert isinstance(parse.parse_file(path), LimitError)
    path.write_bytes(GOOD.read_bytes()[:1000])
    assert not isinstance(parse.parse_file(path), LimitError)


def test_answer_lines_tell_of_a_problem_or_of_every_row(tmp_path: Path) -> None:
    (problem,) = parse.answer_lines(tmp_path / "x.txt", UnreadableError("why"))
    assert problem == {"type": "problem", "file": "x.txt", "place": "", "reason": "why"}
    parsed = parse.parse_file(GOOD)
    kinds = [line["type"] for line in parse.answer_lines(GOOD, parsed)]
    assert kinds.count("indicator") == 12
    assert kinds[0] == "project"


def test_an_archive_answers_for_each_of_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2024.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("教育/a.txt", GOOD.read_bytes())
        archive.writestr("b.txt", b"")
    good, bad = parse.parse_files([path])
    assert good[0] == path / "教育" / "a.txt"
    assert isinstance(good[1], Parsed)
    assert {p.source.file for p in good[1].projects} == {"2024.zip/教育/a.txt"}
    assert isinstance(bad[1], UnreadableError)
    (problem,) = parse.answer_lines(*bad)
    assert problem["file"] == "2024.zip/b.txt"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    piped, empty = parse.parse_files([parse.STDIN])
    assert isinstance(piped[1], Parsed)
    (problem,) = parse.answer_lines(*empty)
    assert problem["file"] == "stdin/b.txt"
    path.write_bytes(path.read_bytes()[:-9])
    ((shown, error),) = parse.parse_files([path])
    assert (shown, type(error)) == (path, UnreadableError)
