"""Reading in processes gives what reading in one gives, and a death costs one file."""

import json
import os
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from corpus import limits
from corpus.intake import reading
from corpus.intake.archives import with_members
from corpus.intake.reading import Outcome
from corpus.intake.walk import find_files
from corpus.intake.workers import Readers
from corpus.jsonlines import to_lines
from corpus.records import Indicator, Project, Value
from errors import HomeUnwritableError


def write(folder: Path, *names: str) -> None:
    """Small documents, as JSON lines of the contract."""
    folder.mkdir(exist_ok=True)
    for name in names:
        project = Project(unit=name, indicators=(Indicator(name, Value(name)),))
        lines = [json.dumps(line) for line in to_lines(project)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")


def read(folder: Path, workers: int) -> dict[str, Outcome]:
    """Outcomes by file name."""
    files = find_files([folder]).files
    with Readers(folder.parent / "files", workers) as readers:
        return dict(zip((file.name for file in files), readers.read(files), strict=True))


def test_processes_give_what_one_process_gives(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write(docs, *(f"指标{number}" for number in range(30)))
    (docs / "bad.txt").write_bytes(b"\x00\x01")
    (docs / "gone.txt").symlink_to(docs / "nowhere")
    expected, found = read(docs, 1), read(docs, 3)
    assert list(found) == list(expected)
    for name, one in expected.items():
        other = found[name]
        assert (other.digest, other.size, other.reason) == (one.digest, one.size, one.reason)
        assert other.content == one.content
    assert sum(one.content is not None for one in found.values()) == 30


CRASH = """
    import os
    import corpus.parse
    real = corpus.parse.parse_bytes
    def parse_bytes(data, name, folder=""):
        if name == "killer.jsonl":
            os.kill(os.getpid(), 9)
        print("noise of a library")
        return real(data, name, folder)
    corpus.parse.parse_bytes = parse_bytes
"""


def test_a_process_that_dies_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `sitecustomize` runs when a worker starts: the only way to a fault inside a reader
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(textwrap.dedent(CRASH))
    root = str(Path(reading.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), root]))
    write(tmp_path / "docs", "a", "b", "killer", "x", "y", "z")
    found = read(tmp_path / "docs", 2)
    assert [name for name, one in found.items() if one.content is None] == ["killer.jsonl"]
    assert "died" in found["killer.jsonl"].reason
    assert found["killer.jsonl"].digest == ""  # so that it is tried again


HANG = """
    import time
    import corpus.parse
    real = corpus.parse.parse_bytes
    def parse_bytes(data, name, folder=""):
        if name == "hangs.jsonl":
            time.sleep(300)  # as a call into compiled code, which no exception ends
        return real(data, name, folder)
    corpus.parse.parse_bytes = parse_bytes
"""


def test_a_process_that_hangs_is_ended_and_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(textwrap.dedent(HANG))
    root = str(Path(reading.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), root]))
    monkeypatch.setattr(limits, "SECONDS_OF_PROCESS", 3.0)
    write(tmp_path / "docs", "a", "b", "hangs", "x", "y", "z")
    found = read(tmp_path / "docs", 2)
    assert [name for name, one in found.items() if one.content is None] == ["hangs.jsonl"]
    assert "at most 3 seconds to read a document" in found["hangs.jsonl"].reason


def test_members_of_archives_are_read_in_processes(tmp_path: Path) -> None:
    write(tmp_path / "docs", *(f"指标{number}" for number in range(4)))
    (tmp_path / "packed").mkdir()
    with zipfile.ZipFile(tmp_path / "packed" / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((tmp_path / "docs").iterdir()):
            archive.write(path, path.name)
    files = with_members(find_files([tmp_path / "packed"])).files
    for workers in (1, 2):
        with Readers(tmp_path / "files", workers) as readers:
            assert all(outcome.content for outcome in readers.read(files))


def test_a_pdf_is_never_read_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    samples = Path(reading.__file__).parents[1] / "samples"
    (tmp_path / "docs" / "a.txt").write_bytes(next(samples.glob("*.pdf")).read_bytes())

    def refuse(*ignored: object) -> Outcome:
        raise AssertionError("read here")

    monkeypatch.setattr("corpus.intake.workers.read_file", refuse)
    files = find_files([tmp_path / "docs"]).files
    with Readers(tmp_path / "files") as readers:
        assert [bool(outcome.content) for outcome in readers.read(files)] == [True]


def test_without_processes_files_are_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "docs", "a", "b", "c")
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert all(one.content for one in read(tmp_path / "docs", 2).values())


def test_whatever_ends_the_reading_of_a_file_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "docs", "a", "b", "c")

    def leave(*ignored: object) -> Outcome:
        raise SystemExit("not an Exception")

    monkeypatch.setattr(sys, "executable", "/no/such/python")
    monkeypatch.setattr("corpus.intake.workers.read_file", leave)
    with pytest.raises(SystemExit, match="not an Exception"):
        read(tmp_path / "docs", 2)


@pytest.mark.parametrize("taken", [1, 20])
def test_stopping_early_ends_the_processes(tmp_path: Path, taken: int) -> None:
    write(tmp_path / "docs", *map(str, range(40)))
    with Readers(tmp_path / "files", 3) as readers:
        outcomes = readers.read(find_files([tmp_path / "docs"]).files)
        assert all(next(outcomes).content for _ in range(taken))
        outcomes.close()
    # an unclosed pipe or a process left behind would be a warning here


def test_processes_started_ahead_are_those_that_read(tmp_path: Path) -> None:
    write(tmp_path / "docs", *map(str, range(20)))
    files = find_files([tmp_path / "docs"]).files
    with Readers(tmp_path / "files", 2) as readers:
        readers.start(len(files))
        started = [worker._process for worker in readers._workers]
        assert all(outcome.content for outcome in readers.read(files))
        assert [worker._process for worker in readers._workers] == started
    with Readers(tmp_path / "files", 2) as readers:
        readers.start(len(files))  # and those that nobody asks end all the same


def test_originals_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    write(tmp_path / "docs", "a", "b")
    (tmp_path / "files").write_text("in the way of a folder")
    for workers in (1, 2):
        with pytest.raises(HomeUnwritableError, match="cannot keep a copy"):
            read(tmp_path / "docs", workers)
