"""Files into the store: only what changed, whatever happens to a single file."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest

from corpus import limits, parse
from corpus.intake.ingest import ingest_paths
from corpus.intake.originals import original_path
from corpus.jsonlines import to_lines
from corpus.store.store import Store
from errors import HomeUnwritableError, UsageError
from tests.corpus.documents_home import Home

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path)
    yield opened
    opened.store.close()


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


figures = attrgetter("documents", "added", "changed", "unchanged", "removed")


# What is read


def test_added_changed_unchanged(home: Home) -> None:
    home.write("a.jsonl", "一", "二")
    second = home.write("sub/b.jsonl", "三")
    assert figures(home.ingest()) == (2, 2, 0, 0, 0)
    assert home.names() == ["一", "三", "二"]
    assert figures(home.ingest()) == (2, 0, 0, 2, 0)
    times = second.stat()
    home.write("sub/b.jsonl", "四")
    os.utime(second, ns=(times.st_atime_ns, times.st_mtime_ns))  # only the content tells
    assert figures(home.ingest()) == (2, 0, 1, 1, 0)
    assert home.names() == ["一", "二", "四"]


def test_the_same_bytes_are_one_document(home: Home) -> None:
    first = home.write("a.jsonl", "一", unit="甲")
    home.write("b.jsonl", "一", unit="甲").write_bytes(first.read_bytes())
    assert figures(home.ingest()) == (1, 1, 0, 1, 0)
    (home.docs / "c.jsonl").write_bytes(first.read_bytes())
    assert figures(home.ingest()) == (1, 0, 0, 3, 0)
    (document,) = home.store.documents()
    assert document.name == "a.jsonl"
    assert home.paths() == {"a.jsonl", "b.jsonl", "c.jsonl"}
    home.write("a.jsonl", "二", unit="甲")
    assert figures(home.ingest()) == (2, 0, 1, 2, 0)
    assert home.paths() == {"a.jsonl", "b.jsonl", "c.jsonl"}
    first.write_bytes((home.docs / "b.jsonl").read_bytes())  # back to what it was
    assert figures(home.ingest()) == (1, 0, 1, 2, 0)
    assert home.names() == ["一"]


def test_originals_are_kept_whole(home: Home) -> None:
    path = home.write("a.jsonl", "一")
    bad = home.docs / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    home.ingest()
    kept = original_path(home.files_dir, sha(path))
    assert kept == home.files_dir / sha(path)[:2] / sha(path)
    assert kept.read_bytes() == path.read_bytes()
    assert [file for file in home.files_dir.rglob("*") if file.is_file()] == [kept]


def test_a_damaged_original_is_kept_again(home: Home) -> None:
    path = home.write("a.jsonl", "一")
    kept = original_path(home.files_dir, sha(path))
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"half")
    home.ingest()
    assert kept.read_bytes() == path.read_bytes()


def test_originals_that_cannot_be_kept_end_the_run_with_nothing_half_done(home: Home) -> None:
    home.write("a.jsonl", "一")
    second = home.write("b.jsonl", "二")
    (home.files_dir / sha(second)[:2]).write_text("in the way of a folder")
    for workers in (1, 2):
        with pytest.raises(HomeUnwritableError, match="cannot keep a copy") as caught:
            home.ingest(workers=workers)
        assert "\n" not in str(caught.value)
        assert home.names() == ["一"]


def test_seeds(home: Home) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the seed documents are not at {SEEDS}")
    seen: list[tuple[int, int, str]] = []
    counts = ingest_paths(
        home.store, home.files_dir, [SEEDS], progress=lambda *step: seen.append(step)
    )
    names = sorted(path.name for path in SEEDS.iterdir())
    assert figures(counts) == (len(names), len(names), 0, 0, 0)
    assert seen == [(number, len(names), name) for number, name in enumerate(names, start=1)]
    assert all(document.indicators for document in home.store.documents())
    revision = home.store.revision()
    assert home.ingest(SEEDS).unchanged == len(names)
    assert home.store.revision() == revision


def test_what_was_written_as_lines_is_the_same_corpus(home: Home, tmp_path: Path) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"the seed documents are not at {SEEDS}")
    home.ingest(SEEDS)
    expected = list(home.store.projects())
    lines = [json.dumps(line) for found in expected for line in to_lines(found.project)]
    export = tmp_path / "export.jsonl"
    export.write_text("\n".join(lines), "utf-8")
    with Store.open(tmp_path / "other.sqlite", write=True) as other:
        assert ingest_paths(other, home.files_dir, [export]).added == 1
        found = {one.id: one.project for one in other.projects()}
        assert found == {one.id: one.project for one in expected}
    home.ingest(export)  # beside its originals it adds nothing
    assert {(one.id, one.sources) for one in home.store.projects()} == {
        (one.id, one.sources) for one in expected
    }


# Which files are met


def test_a_hidden_file_is_read_when_asked_for(home: Home) -> None:
    path = home.write(".draft.jsonl", "一")
    assert home.ingest(path).added == 1


def test_the_data_folder_is_no_document(home: Home) -> None:
    home.write("a.jsonl", "一")
    home.ingest()
    counts = home.ingest(home.docs.parent)
    assert (figures(counts), counts.skipped) == ((1, 0, 0, 1, 0), ())
    # but the originals can be read again when they are asked for
    assert home.ingest(home.files_dir).unchanged == 1


def test_names_of_any_encoding_are_stored(home: Home) -> None:
    name = "绩效目标.jsonl".encode("gb18030")
    raw = os.path.join(os.fsencode(home.docs), name)
    try:
        os.rename(home.write("a.jsonl", "一"), raw)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for workers in (1, 2):
        assert home.ingest(prune=True, workers=workers).skipped == ()
    (document,) = home.store.documents()
    assert document.name == "绩效目标.jsonl"
    assert home.names() == ["一"]


def test_a_missing_path_stops_the_run_before_it_starts(home: Home) -> None:
    path = home.write("a.jsonl", "一")
    for missing in (home.docs / "none.txt", path / "below a file"):
        with pytest.raises(UsageError, match=r"does not exist.*check the path"):
            home.ingest(path, missing)
    assert home.names() == []
    assert home.store.known() == {}


# What cannot be read


@pytest.mark.parametrize("workers", [1, 3])
def test_bad_files_cost_themselves_only(home: Home, workers: int) -> None:
    home.write("good.jsonl", "一")
    bad = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 40,
        "line.txt": b"x" * 3_000_000,
        "cut.jsonl": b'{"type": "indicator", "name": "',
        "letter.txt": "今天天气很好。\n".encode(),
        "not.docx": b"PK\x03\x04 and no more",
        "not.pdf": b"%PDF-1.7 and no more",
    }
    for name, data in bad.items():
        (home.docs / name).write_bytes(data)
    (home.docs / "gone.txt").symlink_to(home.docs / "nowhere")
    counts = home.ingest(workers=workers)
    assert figures(counts) == (1, 1, 0, 0, 0)
    assert {file.name for file in counts.skipped} == {*bad, "gone.txt"}
    assert all(file.reason and "\n" not in file.reason for file in counts.skipped)
    assert not any("internal error" in file.reason for file in counts.skipped)
    assert {file.path for file in home.store.skipped()} == {file.path for file in counts.skipped}
    again = home.ingest(workers=workers)  # what cannot be read is said every time
    assert figures(again) == (1, 0, 0, 1, 0)
    assert sorted(file.name for file in again.skipped) == sorted(
        file.name for file in counts.skipped
    )


def test_a_folder_without_readable_files(home: Home) -> None:
    assert (figures(home.ingest()), home.ingest().skipped) == ((0, 0, 0, 0, 0), ())
    (home.docs / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 99)
    assert [file.name for file in home.ingest().skipped] == ["a.jpg"]


def test_files_above_the_limit_are_not_read(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home.write("a.jsonl", "一")
    huge = home.docs / "huge.txt"
    with huge.open("wb") as handle:
        handle.truncate(limits.FILE_BYTES + 1)  # takes no room
    counts = home.ingest()
    assert [file.name for file in counts.skipped] == ["huge.txt"]
    assert "at most 200 MB" in counts.skipped[0].reason
    monkeypatch.setattr(limits, "FILE_BYTES", path.stat().st_size)
    assert home.ingest(path).unchanged == 1


def test_a_damaged_new_version_does_not_take_the_old_one_away(home: Home) -> None:
    path = home.write("a.jsonl", "一")
    home.ingest()
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    assert [file.name for file in home.ingest().skipped] == ["a.jsonl"]
    assert home.names() == ["一"]
    path.write_bytes(whole)
    counts = home.ingest()
    assert (figures(counts), counts.skipped) == ((1, 0, 0, 1, 0), ())
    assert list(home.store.skipped()) == []


def test_files_without_rights_are_read_once_they_are_given(home: Home) -> None:
    path = home.write("a.jsonl", "一")
    home.write("locked/b.jsonl", "二")
    home.write("c.jsonl", "三")
    path.chmod(0)
    (home.docs / "locked").chmod(0)
    if os.access(path, os.R_OK):
        (home.docs / "locked").chmod(0o700)
        pytest.skip("rights do not bind this user")
    counts = home.ingest(home.docs, path)
    (home.docs / "locked").chmod(0o700)
    path.chmod(0o600)
    assert [file.name for file in counts.skipped] == ["locked", "a.jsonl"]
    assert all("no right" in file.reason for file in counts.skipped)
    assert home.names() == ["三"]
    assert home.ingest().skipped == ()
    assert home.names() == ["一", "三", "二"]
    assert list(home.store.skipped()) == []


def test_reports_of_files_that_are_gone_are_dropped(home: Home) -> None:
    bad = home.docs / "bad.txt"
    bad.write_bytes(b"\x00\x01")
    home.ingest()
    bad.unlink()
    assert home.ingest().skipped == ()
    assert list(home.store.skipped()) == []


def test_files_that_a_reader_cannot_stand_are_reported(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse_bytes(data: bytes, name: str, folder: str = "") -> None:
        raise ZeroDivisionError

    home.write("a.jsonl", "一")
    with monkeypatch.context() as patch:
        patch.setattr(parse, "parse_bytes", parse_bytes)
        (skipped,) = home.ingest().skipped
    assert "internal error: ZeroDivisionError" in skipped.reason
    assert home.ingest().added == 1


# Pruning


def test_prune_removes_what_vanished_under_the_folder_only(home: Home) -> None:
    home.write("in/a.jsonl", "一")
    home.write("in/b.jsonl", "二")
    home.write("inside/c.jsonl", "三")
    home.write("d.jsonl", "四")
    home.ingest()
    for name in ("in/a.jsonl", "inside/c.jsonl", "d.jsonl"):
        (home.docs / name).unlink()
    assert figures(home.ingest()) == (4, 0, 0, 1, 0)
    assert figures(home.ingest(home.docs / "in", prune=True)) == (3, 0, 0, 1, 1)
    assert home.paths() == {"in/b.jsonl", "inside/c.jsonl", "d.jsonl"}
    assert figures(home.ingest(home.docs / "in" / "b.jsonl", prune=True)) == (3, 0, 0, 1, 0)
    assert figures(home.ingest(prune=True)) == (1, 0, 0, 1, 2)


def test_prune_keeps_what_moved_and_what_has_a_copy_elsewhere(home: Home) -> None:
    moved, copied = home.write("a/1.jsonl", "一"), home.write("a/2.jsonl", "二")
    (home.docs / "b").mkdir()
    (home.docs / "b" / "2.jsonl").write_bytes(copied.read_bytes())
    home.ingest()
    before = list(home.store.projects())
    moved.rename(home.docs / "a" / "renamed.jsonl")
    copied.unlink()
    assert figures(home.ingest(home.docs / "a", prune=True)) == (2, 0, 0, 1, 0)
    assert home.paths() == {"a/renamed.jsonl", "b/2.jsonl"}
    assert list(home.store.projects()) == before


def test_prune_does_not_take_what_may_not_be_seen(home: Home) -> None:
    home.write("locked/a.jsonl", "一")
    home.ingest()
    (home.docs / "locked").chmod(0)
    seen = os.access(home.docs / "locked", os.R_OK)
    counts = home.ingest(prune=True)
    (home.docs / "locked").chmod(0o700)
    assert counts.removed == 0
    assert home.names() == ["一"]
    assert seen or [file.name for file in counts.skipped] == ["locked"]


RUN = """
    import signal
    import sys
    import time
    from pathlib import Path
    from corpus.intake.ingest import ingest_paths
    from corpus.store.store import Store
    docs, home = Path(sys.argv[1]), Path(sys.argv[2])
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` has it ignored
    def step(done, total, name):
        print(done, flush=True)
        if done == 40:
            time.sleep(60)  # until the signal comes
    with Store.open(home / "corpus.sqlite", write=True) as store:
        ingest_paths(store, home / "files", [docs], workers=int(sys.argv[3]), progress=step)
"""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_breaking_off_keeps_what_is_done(home: Home, workers: str) -> None:
    for number in range(80):
        home.write(f"{number:04d}.jsonl", f"指标{number:04d}", "满意度")
    program = textwrap.dedent(RUN)
    command = [sys.executable, "-c", program, str(home.docs), str(home.files_dir.parent), workers]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        lines = [next(run.stdout) for _ in range(20)]
        run.send_signal(signal.SIGINT)
        lines += run.stdout  # not `communicate`: it would miss lines that were read ahead
        errors = run.stderr.read()
    done = int(lines[-1])
    assert run.returncode != 0
    assert "KeyboardInterrupt" in errors
    assert 20 <= done <= 40
    counts = home.ingest()
    assert counts.unchanged + counts.added == 80
    assert counts.unchanged in (done, done + 1)  # the last one may be stored but not yet told
    assert home.store.verify() == []
    assert len(home.names()) == 160
