"""Figures, soundness and export of a home."""

import json
from pathlib import Path

import pytest

from errors import IndexDamagedError, StoreError, UsageError
from service import refresh, report
from service.home import Home

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
ONE, TWO = SAMPLES / "013_B_danwei_zaiqian.txt", SAMPLES / "012_B_ziping_fuhao.txt"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    opened = Home.open(tmp_path / "home", create=True)
    refresh.ingest(opened, [ONE])
    return opened


def forget_to_build(home: Home) -> None:
    """Leave the index behind the store, as a run that was killed between the two does."""
    from corpus.intake.ingest import ingest_paths

    with home.store(write=True) as store:
        ingest_paths(store, home.files_dir, [TWO])


def test_stats_count_the_store_and_name_the_index(home: Home) -> None:
    facts = report.stats(home)
    assert (facts.documents, facts.indicators, facts.behind) == (1, 12, False)
    assert facts.generation
    assert facts.model
    assert sum(facts.by_level2.values()) == 12


def test_stats_without_an_index(home: Home) -> None:
    (home.index_dir / "CURRENT").unlink()
    facts = report.stats(home)
    assert (facts.indicators, facts.generation, facts.model, facts.unique_texts) == (12, "", "", 0)


def test_stats_of_a_damaged_index_say_so(home: Home) -> None:
    (home.index_dir / "CURRENT").write_bytes(b"?")
    with pytest.raises(IndexDamagedError):
        report.stats(home)


def test_an_index_behind_the_store_is_told_and_no_damage(home: Home) -> None:
    forget_to_build(home)
    assert report.stats(home).behind
    verification = report.verify(home)
    assert verification.behind
    assert verification.sound
    refresh.build(home)
    assert not report.verify(home).behind


def test_verify_lists_every_fault_at_once(home: Home) -> None:
    (original,) = [path for path in home.files_dir.rglob("*") if path.is_file()]
    original.write_bytes(b"other")
    (home.index_dir / "CURRENT").unlink()
    verification = report.verify(home)
    assert not verification.sound
    assert [fault.where for fault in verification.problems] == [f"files: {ONE.name}", "index"]
    assert original.read_bytes() == b"other"


def test_verify_of_a_damaged_store_still_checks_the_index(home: Home) -> None:
    home.database.write_bytes(b"no database" * 500)
    verification = report.verify(home)
    assert [fault.where for fault in verification.problems] == ["corpus.sqlite"]
    assert verification.index_files > 0


def test_export_gives_the_lines_of_all_projects(home: Home) -> None:
    kinds = [line["type"] for line in report.export(home)]
    assert (kinds.count("project"), kinds.count("indicator")) == (1, 12)


def test_export_of_a_damaged_store_raises(home: Home) -> None:
    home.database.write_bytes(b"no database" * 500)
    with pytest.raises(StoreError):
        list(report.export(home))


def test_write_lines_writes_all_or_nothing(tmp_path: Path) -> None:
    def broken() -> object:
        yield {"a": 1}
        raise StoreError("damaged")

    out = tmp_path / "out.jsonl"
    report.write_lines(out, [{"a": "值"}, {"b": None}])
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == [
        {"a": "值"},
        {"b": None},
    ]
    before = out.read_bytes()
    with pytest.raises(StoreError):
        report.write_lines(out, broken())  # type: ignore[arg-type]
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_write_lines_refuses_a_folder_or_no_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        report.write_lines(tmp_path, [])
    with pytest.raises(UsageError, match="place"):
        report.write_lines(tmp_path / "none" / "out.jsonl", [])
