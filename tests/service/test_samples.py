"""The invented documents in a home of their own."""

import json
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from corpus.specimens.disclosures import disclosures
from corpus.specimens.printing import Printed
from errors import HomeLockedError, UsageError
from service import samples
from service.home import Home
from service.report import stats

COUNTY_DOCUMENTS = 4
LAYOUTS = Path(__file__).parents[2].parent / "shared" / "layouts"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with three sample documents and words about them."""
    documents = tmp_path / "corpus" / "samples"
    documents.mkdir(parents=True)
    for path in samples.sample_documents()[:3]:
        shutil.copy(path, documents)
    (documents / "README.md").write_text("words", encoding="utf-8")
    monkeypatch.setattr(samples, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(samples, "_DOCUMENTS", documents)
    monkeypatch.setattr("corpus.specimens.disclosures.disclosures", first_disclosures)
    return tmp_path


def first_disclosures(scale: int) -> Iterator[Printed]:
    """The first documents of the invented counties: enough for a home."""
    return islice(disclosures(scale), COUNTY_DOCUMENTS)


def test_the_samples_of_the_checkout_are_documents() -> None:
    names = [path.name for path in samples.sample_documents()]
    assert len(names) == 29
    assert {Path(name).suffix for name in names} == {
        ".txt", ".docx", ".xlsx", ".html", ".pdf", ".doc", ".xls"
    }  # fmt: skip
    assert samples.sample_home().parent == Path(__file__).parents[2]


@pytest.mark.skipif(not LAYOUTS.is_dir(), reason="../shared/layouts is missing")
def test_they_are_byte_for_byte_the_authored_examples() -> None:
    for path in samples.sample_documents():
        assert path.read_bytes() == (LAYOUTS / path.name).read_bytes(), path.name


def test_they_are_read_once(elsewhere: Path) -> None:
    home = samples.ensure_samples()
    first = stats(home)
    assert home.path == elsewhere / "sample-data"
    assert (first.documents, first.skipped) == (3 + COUNTY_DOCUMENTS, 0)
    assert stats(samples.ensure_samples()).generation == first.generation


def test_a_changed_sample_is_read_again(elsewhere: Path) -> None:
    before = stats(samples.ensure_samples())
    document = samples.sample_documents()[0]
    text = document.read_bytes()
    document.write_bytes(text.replace("维修校舍面积".encode(), "维修教室面积".encode()))
    after = stats(samples.ensure_samples())
    assert after.documents == before.documents
    assert after.generation != before.generation


def test_while_another_process_writes_the_old_state_serves(elsewhere: Path) -> None:
    with Home.open(samples.sample_home(), create=True).writing("app"):
        with pytest.raises(HomeLockedError):
            samples.ensure_samples()
    before = stats(samples.ensure_samples())
    with Home.open(samples.sample_home()).writing("app"):
        assert stats(samples.ensure_samples()) == before


def test_only_the_sample_home_is_one(elsewhere: Path, tmp_path: Path) -> None:
    assert samples.is_sample(samples.ensure_samples())
    assert not samples.is_sample(Home.open(tmp_path / "own", create=True))


def test_county_documents_are_written_anew_when_what_makes_them_changes(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stats(samples.ensure_samples())
    fewer = "corpus.specimens.disclosures.disclosures"
    monkeypatch.setattr(fewer, lambda scale: islice(disclosures(scale), 2))
    assert stats(samples.ensure_samples()).documents == before.documents
    monkeypatch.setattr(samples, "_fingerprint", lambda: "another")
    assert stats(samples.ensure_samples()).documents == 3 + 2


def test_samples_are_written_with_their_truth_beside(elsewhere: Path) -> None:
    report = samples.write_samples(elsewhere / "made")
    files = [path for path in report.folder.rglob("*") if path.is_file()]
    assert len(files) == report.documents == COUNTY_DOCUMENTS
    lines = [json.loads(line) for line in report.truth.read_text("utf-8").splitlines()]
    tables = [line for line in lines if line["type"] == "table"]
    assert {str(path.relative_to(report.folder)) for path in files} == {
        table["file"] for table in tables
    }
    assert sum(table["rows"] for table in tables) == report.indicators
    assert sum(line["type"] == "row" for line in lines) == report.indicators


def test_samples_never_go_where_something_is(elsewhere: Path) -> None:
    (elsewhere / "mine").mkdir()
    (elsewhere / "mine" / "table.txt").write_text("mine", encoding="utf-8")
    for folder in (elsewhere / "mine", elsewhere / "mine" / "table.txt"):
        with pytest.raises(UsageError, match="empty or new folder"):
            samples.write_samples(folder)
    with pytest.raises(UsageError, match="from 1"):
        samples.write_samples(elsewhere / "new", 0)
    assert not (elsewhere / "new").exists()
