"""The invented documents in a home of their own."""

import shutil
from pathlib import Path

import pytest

from errors import HomeLockedError
from service import samples
from service.home import Home
from service.report import stats

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
    return tmp_path


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
    assert (first.documents, first.skipped) == (3, 0)
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
