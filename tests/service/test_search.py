"""A session answers from the generation and model it opened, or says why it cannot."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.records import Indicator, Project
from embed import DEFAULT_MODEL
from errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexModelError,
    ModelError,
    StoreError,
    UsageError,
)
from index.results import SearchRequest
from service.home import Home
from service.refresh import build, ingest
from service.search import Session

REQUEST = SearchRequest("公众号粉丝数量")
PROJECT = Project(
    unit="教育局",
    name="建设项目",
    year=2024,
    indicators=(Indicator("公众号粉丝数量"), Indicator("群众满意度")),
)


@pytest.fixture
def filled(home: Home, documents: Path, write: Callable[..., Path]) -> Home:
    write("a.jsonl", PROJECT)
    ingest(home, [documents])
    return home


def test_hits_lead_to_their_project(filled: Home) -> None:
    with Session.open(filled) as session:
        hit = session.search(REQUEST).hits[0]
        stored = session.project(hit.project_id)
    assert (hit.name, hit.unit, hit.year) == ("公众号粉丝数量", "教育局", 2024)
    assert [row.name for row in stored.project.indicators] == ["公众号粉丝数量", "群众满意度"]
    with pytest.raises(UsageError, match="abc"):
        session.project("abc")


def test_no_index_yet(home: Home) -> None:
    with pytest.raises(IndexMissingError, match="duibiao build"):
        Session.open(home)


def test_a_damaged_index_names_the_file(filled: Home) -> None:
    path = next(filled.index_dir.glob("g*/indicator.name.0.faiss"))
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    with pytest.raises(IndexDamagedError, match=r"indicator\.name\.0\.faiss.*duibiao build"):
        Session.open(filled)


def test_a_damaged_store_is_told(filled: Home) -> None:
    for path in filled.path.glob("corpus.sqlite*"):
        path.unlink()
    filled.database.write_bytes(b"no database " * 1000)
    with pytest.raises(StoreError):
        Session.open(filled)


def test_a_session_keeps_its_generation(
    filled: Home, documents: Path, write: Callable[..., Path]
) -> None:
    with Session.open(filled) as session:
        before = session.search(REQUEST)
        assert not session.is_stale()
        write("b.jsonl", replace(PROJECT, unit="水利局"))
        ingest(filled, [documents])
        build(filled)
        build(filled)
        assert session.is_stale()
        after = session.search(REQUEST)
        assert (after.hits, after.total) == (before.hits, before.total)
        with Session.open(filled) as fresh:
            assert fresh.generation != session.generation
            assert fresh.search(REQUEST).hits[0].count == 2


def test_a_project_that_went_since_is_told(filled: Home, documents: Path) -> None:
    with Session.open(filled) as session:
        hit = session.search(REQUEST).hits[0]
        (documents / "a.jsonl").unlink()
        ingest(filled, [documents], prune=True)
        with pytest.raises(UsageError, match="older than the corpus"):
            session.project(hit.project_id)


def test_an_index_behind_the_store_says_so(filled: Home) -> None:
    with filled.store(write=True) as store:
        store.remove(next(store.documents()).id)
    with Session.open(filled) as session:
        assert session.behind
        assert session.search(REQUEST).hits
    build(filled)
    with Session.open(filled) as session:
        assert not session.behind
        assert session.search(REQUEST).hits == ()


@pytest.fixture
def other_model(tmp_path: Path) -> Path:
    """The default model with one weight changed, in a folder of its own."""
    folder = shutil.copytree(DEFAULT_MODEL, tmp_path / "other")
    vectors = folder / "vectors.npy"
    data = bytearray(vectors.read_bytes())
    data[-1] ^= 1
    vectors.write_bytes(data)
    return folder


def test_the_model_of_the_index_serves_unless_another_is_asked_for(
    filled: Home, documents: Path, write: Callable[..., Path], other_model: Path
) -> None:
    with Session.open(filled, model="default") as session:
        default = session.search(REQUEST).hits
    with pytest.raises(IndexModelError, match="--model"):
        Session.open(filled, model=str(other_model))
    build(filled, model=str(other_model))
    with Session.open(filled) as session, Session.open(filled, model=str(other_model)) as same:
        assert session.search(REQUEST).hits == same.search(REQUEST).hits
        assert [hit.id for hit in session.search(REQUEST).hits] == [hit.id for hit in default]
    with pytest.raises(IndexModelError):
        Session.open(filled, model="default")
    # a run without --model keeps the model, and says so when it is gone
    write("b.jsonl", replace(PROJECT, unit="水利局"))
    ingest(filled, [documents])
    with Session.open(filled, model=str(other_model)) as session:
        assert session.search(REQUEST).hits[0].count == 2
    shutil.rmtree(other_model)
    with pytest.raises(ModelError, match="--model default"):
        Session.open(filled)
    build(filled, model="default")
    with Session.open(filled) as session:
        assert session.search(REQUEST).hits[0].count == 2


def test_changed_weights_are_noticed(filled: Home, other_model: Path) -> None:
    build(filled, model=str(other_model))
    data = bytearray((other_model / "vectors.npy").read_bytes())
    data[-2] ^= 1
    (other_model / "vectors.npy").write_bytes(data)
    with pytest.raises(IndexModelError, match="duibiao build"):
        Session.open(filled)


def test_searching_leaves_a_read_only_home_as_it_is(filled: Home) -> None:
    before = {path: path.stat().st_mtime_ns for path in filled.index_dir.rglob("*")}
    with Session.open(filled) as session:
        session.search(REQUEST)
    assert {path: path.stat().st_mtime_ns for path in filled.index_dir.rglob("*")} == before
    with sqlite3.connect(filled.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
