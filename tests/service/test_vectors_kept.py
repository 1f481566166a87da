"""Vectors of a slow model outlive a killed build, and a change of models and back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.records import Indicator, Project
from index.vector_cache import SEGMENT
from service.home import Home
from service.refresh import build, ingest


@pytest.fixture
def filled(home: Home, documents: Path, write: Callable[..., Path]) -> Home:
    rows = tuple(Indicator(f"第{number}项培训人次") for number in range(2 * SEGMENT))
    write("a.jsonl", Project(unit="教育局", name="建设项目", year=2024, indicators=rows))
    ingest(home, [documents])
    return home


def written(home: Home) -> dict[str, int]:
    """When each segment was written; one that is encoded again is written again."""
    return {path.name: path.stat().st_mtime_ns for path in home.vectors_dir.glob("*/*.npy")}


def test_the_default_model_keeps_none(filled: Home) -> None:
    assert not filled.vectors_dir.exists()


def test_a_model_taken_again_encodes_nothing(filled: Home, tiny_model: Path) -> None:
    build(filled, model=str(tiny_model))
    before = written(filled)
    assert len(before) >= 2
    build(filled, model="default")
    build(filled, model=str(tiny_model))
    assert written(filled) == before
    build(filled, model="default")
    shutil.rmtree(filled.vectors_dir)  # which only saves work
    build(filled, model=str(tiny_model))
    assert set(written(filled)) == set(before)


def test_a_build_that_was_killed_goes_on_where_it_stopped(filled: Home, tiny_model: Path) -> None:
    build(filled, model=str(tiny_model))
    build(filled, model="default")
    before = written(filled)
    largest = max(filled.vectors_dir.glob("*/*.npy"), key=lambda path: path.stat().st_size)
    largest.unlink()  # as if the build had been killed before it was written
    build(filled, model=str(tiny_model))
    after = written(filled)
    assert set(after) == set(before)
    assert [name for name in after if after[name] != before[name]] == [largest.name]


def test_what_is_added_later_is_kept_too(
    filled: Home, documents: Path, write: Callable[..., Path], tiny_model: Path
) -> None:
    build(filled, model=str(tiny_model))
    before = written(filled)
    rows = (Indicator("水库维修里程"),)
    write("b.jsonl", Project(unit="水利局", name="维修项目", year=2024, indicators=rows))
    ingest(filled, [documents])
    after = written(filled)
    assert {name: after[name] for name in before} == before
    assert len(after) > len(before)
