"""Bad input: one clear line, the exit code of the design, nothing lost, nothing half-written."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.home import Home

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
HUNDRED_MEGABYTES = 100 * 1000 * 1000

Run = Callable[..., Any]
Lines = Callable[[Any], list[dict[str, Any]]]
Refused = Callable[[Any], str]


def write_empty(path: Path) -> None:
    path.touch()


def write_binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def write_endless_line(path: Path) -> None:
    path.write_bytes(b"x" * HUNDRED_MEGABYTES)


def write_prose(path: Path) -> None:
    path.write_text("今天天气很好。\n" * 30, encoding="utf-8")


def write_cut_archive(path: Path) -> None:
    path.write_bytes((SAMPLES / "023_A1_jiaoyu_docx.docx").read_bytes()[:9000])


BAD = pytest.mark.parametrize(
    "write", [write_empty, write_binary, write_endless_line, write_prose, write_cut_archive]
)


def files_of(home: Path) -> dict[str, int]:
    """Every file of a home with its size, but for the lock."""
    return {
        str(path.relative_to(home)): path.stat().st_size
        for path in home.rglob("*")
        if path.is_file() and path.name != ".lock" and not path.name.startswith("corpus.sqlite")
    }


def one_line(answer: Any) -> str:  # noqa: ANN401
    assert answer.stderr.count("\n") == 1, answer.stderr
    assert "Traceback" not in answer.stderr
    assert "internal error" not in answer.stderr
    return str(answer.stderr)


@BAD
def test_parse_reports_a_bad_file_in_one_line(
    run: Run, lines: Lines, tmp_path: Path, write: Callable[[Path], None]
) -> None:
    bad = tmp_path / "bad.txt"
    write(bad)
    shown, told = run("parse", bad), run("parse", bad, "--json")
    assert (shown.exit_code, told.exit_code) == (1, 1)
    assert shown.stdout == ""
    assert "bad.txt" in one_line(shown)
    (problem,) = lines(told)
    assert (problem["type"], problem["file"]) == ("problem", "bad.txt")
    assert "expected" in problem["reason"]
    assert "internal error" not in problem["reason"]


@BAD
def test_ingest_skips_a_bad_file_and_keeps_the_rest(
    run: Run, home: Path, tmp_path: Path, write: Callable[[Path], None]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder / "bad.txt")
    (folder / "good.txt").write_bytes((SAMPLES / "012_B_ziping_fuhao.txt").read_bytes())
    done = run("ingest", folder, "--home", home, "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [Path(skipped["file"]).name for skipped in report["skipped"]] == ["bad.txt"]
    assert report["skipped"][0]["reason"]
    assert (report["added"], report["documents"], report["indicators"]) == (1, 3, 43)
    assert run("verify", "--home", home).exit_code == 0
    assert "bad.txt" in one_line(run("ingest", folder, "--home", home))


def test_a_folder_with_nothing_readable_changes_nothing(
    run: Run, home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    write_binary(folder / "one.txt")
    before = files_of(home)
    done = run("ingest", folder, "--home", home)
    assert done.exit_code == 1
    assert "one.txt" in one_line(done)
    assert files_of(home) == before


@pytest.mark.parametrize("verb", ["parse", "ingest"])
def test_an_empty_folder_is_refused(run: Run, refused: Refused, tmp_path: Path, verb: str) -> None:
    folder, home = tmp_path / "documents", tmp_path / "home"
    (folder / "inner").mkdir(parents=True)
    (folder / ".hidden").touch()
    assert "documents" in refused(run(verb, folder, "--home", home))
    assert not home.exists()


@pytest.mark.parametrize("verb", ["parse", "ingest"])
def test_a_missing_path_is_refused_before_anything_is_read(
    run: Run, refused: Refused, tmp_path: Path, verb: str
) -> None:
    home = tmp_path / "home"
    sample = SAMPLES / "012_B_ziping_fuhao.txt"
    answer = run(verb, sample, tmp_path / "none.txt", "--home", home, "--json")
    assert "none.txt" in refused(answer)
    assert not home.exists()


@pytest.mark.parametrize("share", [0.3, 0.55, 0.8, 0.97])
def test_a_truncated_table_gives_the_rows_before_the_cut(
    run: Run, lines: Lines, tmp_path: Path, share: float
) -> None:
    whole = (SAMPLES / "001_A1_jiaoyu.txt").read_bytes()
    cut = tmp_path / "cut.txt"
    cut.write_bytes(whole[: int(len(whole) * share)])
    done = run("parse", cut, "--json")
    assert done.exit_code in (0, 1)
    every = lines(run("parse", SAMPLES / "001_A1_jiaoyu.txt", "--json"))
    names = [line["name"] for line in every if line["type"] == "indicator"]
    kept = [line["name"] for line in lines(done) if line["type"] == "indicator"]
    assert kept[:-1] == names[: max(len(kept) - 1, 0)]
    assert len(kept) < len(names)
    assert kept or share < 0.5


@pytest.mark.parametrize("verb", ["ingest", "search", "stats", "verify", "build", "export"])
def test_a_home_that_cannot_be(run: Run, refused: Refused, tmp_path: Path, verb: str) -> None:
    file = tmp_path / "file.txt"
    file.write_text("kept", encoding="utf-8")
    operands = {"ingest": (SAMPLES / "012_B_ziping_fuhao.txt",), "search": ("满意度",)}
    operand: tuple[object, ...] = operands.get(verb, ())
    message = refused(run(verb, *operand, "--home", file / "home"))
    assert str(file / "home") in message
    assert file.read_text("utf-8") == "kept"


@pytest.mark.parametrize("verb", ["search", "stats", "verify", "build", "export"])
def test_a_missing_home_is_named_with_its_cure(
    run: Run, refused: Refused, tmp_path: Path, verb: str
) -> None:
    operand = ["满意度"] if verb == "search" else []
    message = refused(run(verb, *operand, "--home", tmp_path / "none"))
    assert "duibiao ingest" in message
    assert not (tmp_path / "none").exists()


def test_a_missing_index_is_named_with_its_cure(run: Run, refused: Refused, home: Path) -> None:
    (home / "index" / "CURRENT").unlink()
    assert "duibiao build" in refused(run("search", "满意度", "--home", home))
    assert run("verify", "--home", home).exit_code == 2
    assert run("stats", "--home", home).exit_code == 0
    assert run("build", "--home", home).exit_code == 0
    assert run("search", "满意度", "--home", home).exit_code == 0


def index_files(home: Path) -> list[Path]:
    name = json.loads((home / "index" / "CURRENT").read_bytes())["generation"]
    return sorted(path for path in (home / "index" / name).iterdir() if path.stat().st_size)


def test_any_damaged_index_file_is_named_and_built_anew(
    run: Run, refused: Refused, home: Path
) -> None:
    asked = ("search", "满意度", "--home", home, "--json")
    sound = json.loads(run(*asked).stdout)["hits"]
    for path in [*index_files(home)[::7], home / "index" / "CURRENT"]:
        whole = path.read_bytes()
        data = bytearray(whole)
        data[len(data) // 2] ^= 0x55
        path.write_bytes(data)
        message = refused(run(*asked))
        assert path.name in message
        assert "duibiao build" in message
        found = run("verify", "--home", home, "--json")
        assert found.exit_code == 2
        assert not json.loads(found.stdout)["sound"]
        assert path.name in one_line(found)
        path.write_bytes(whole)
    path.write_bytes(data)
    assert run("build", "--home", home).exit_code == 0
    assert json.loads(run(*asked).stdout)["hits"] == sound


def test_a_missing_index_file_is_named(run: Run, refused: Refused, home: Path) -> None:
    lost = index_files(home)[3]
    lost.unlink()
    assert lost.name in refused(run("search", "满意度", "--home", home))


def test_a_lost_or_changed_original_is_found(run: Run, home: Path) -> None:
    first, second = sorted(path for path in (home / "files").rglob("*") if path.is_file())
    first.unlink()
    second.write_bytes(second.read_bytes() + b"x")
    done = run("verify", "--home", home, "--json")
    assert done.exit_code == 2
    told = [problem["what"] for problem in json.loads(done.stdout)["problems"]]
    assert len(told) == 2
    assert any(first.name in what for what in told)
    assert any(second.name in what for what in told)


@pytest.mark.parametrize("verb", ["search", "stats", "build", "export"])
def test_a_damaged_store_is_refused(run: Run, refused: Refused, home: Path, verb: str) -> None:
    store = home / "corpus.sqlite"
    store.write_bytes(b"no database at all" * 1000)
    operand = ["满意度"] if verb == "search" else []
    assert "corpus.sqlite" in refused(run(verb, *operand, "--home", home))
    assert store.read_bytes() == b"no database at all" * 1000
    assert run("verify", "--home", home).exit_code == 2


def test_a_store_of_a_newer_version_is_left_alone(run: Run, refused: Refused, home: Path) -> None:
    connection = sqlite3.connect(home / "corpus.sqlite")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    document = SAMPLES / "012_B_ziping_fuhao.txt"
    assert "corpus.sqlite" in refused(run("ingest", document, "--home", home))
    assert "corpus.sqlite" in refused(run("stats", "--home", home))


def test_a_second_writer_is_told_who_writes(run: Run, refused: Refused, home: Path) -> None:
    before = files_of(home)
    with Home.open(home).writing("build"):
        document = SAMPLES / "012_B_ziping_fuhao.txt"
        for command in (("ingest", document), ("build",)):
            message = refused(run(*command, "--home", home))
            assert "duibiao build" in message
            assert "process" in message
        assert run("search", "满意度", "--home", home).exit_code == 0
    assert files_of(home) == before
    assert run("ingest", document, "--home", home).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["search"], "TEXT"),
        (["search", "  "], "text"),
        (["search", "x", "--batch", "-"], "--batch"),
        (["search", "x", "--top", "0"], "top"),
        (["search", "x", "--top", "many"], "--top"),
        (["search", "x", "--in", "column"], "column"),
        (["search", "x", "--where", "unit"], "field=value"),
        (["search", "x", "--where", "colour=red"], "colour"),
        (["search", "x" * 10_000], "characters"),
        (["search", "--batch", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["stats", "--no-such-option"], "--no-such-option"),
        (["no-such-verb"], "no-such-verb"),
        (["parse"], "FILE"),
        (["ingest"], "PATH"),
        (["ingest", "-"], "stdin"),
        (["eval"], "command"),
        (["eval", "retrieval", "no-such-folder"], "no-such-folder"),
        (["eval", "parsing", "no-such-folder"], "no-such-folder"),
        (["app", "--port", "99999"], "--port"),
    ],
)  # fmt: skip
def test_a_bad_option_is_one_line(
    run: Run, refused: Refused, home: Path, arguments: list[str], named: str
) -> None:
    place = [] if arguments[0] == "no-such-verb" or arguments == ["eval"] else ["--home", home]
    assert named.lower() in refused(run(*arguments, *place)).lower()


def test_samples_never_mix_with_real_documents(run: Run, refused: Refused) -> None:
    from service.samples import sample_home

    document = SAMPLES / "012_B_ziping_fuhao.txt"
    assert "samples" in refused(run("ingest", document, "--home", sample_home()))


def test_an_export_to_nowhere_is_refused(run: Run, refused: Refused, home: Path) -> None:
    assert "expected" in refused(run("export", "--out", home, "--home", home))
    assert "expected" in refused(run("export", "--out", home / "a" / "b", "--home", home))
