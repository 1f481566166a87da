"""Spread, choice and state of the index, on made lines and on real homes."""

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.intake.ingest import ingest_paths
from corpus.records import ProjectKind
from corpus.store.overview import ProjectLine
from service.home import Home
from service.overview import (
    FIELDS,
    UNKNOWN,
    IndexState,
    chosen,
    index_figures,
    overview,
    spread,
    spread_of,
    stamp,
    told,
)
from service.refresh import build, ingest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
NAMES = st.sampled_from(["", "甲", "乙", "丙"])

LINES = st.lists(
    st.builds(
        ProjectLine,
        id=st.text("0123456789abcdef", min_size=4, max_size=4),
        document_id=st.just("d"),
        unit=NAMES,
        name=NAMES,
        kind=st.sampled_from(ProjectKind),
        year=st.sampled_from([None, 2023, 2024]),
        province=NAMES,
        city=NAMES,
        county=NAMES,
        department=NAMES,
        rows=st.integers(0, 9),
        measurable=st.just(0),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(FIELDS), st.sampled_from(FIELDS))
def test_every_line_is_counted_in_one_cell_which_chooses_it(
    lines: list[ProjectLine], row: str, column: str
) -> None:
    cells = spread(lines, row, column)
    assert sum(one.projects for one in cells.values()) == len(lines)
    assert sum(one.rows for one in cells.values()) == sum(line.rows for line in lines)
    for key, one in cells.items():
        where = dict(zip((row, column), key, strict=True))
        if len(where) == 2 or key[0] == key[1]:
            assert spread_of(chosen(lines, where)) == one


@given(LINES)
def test_the_largest_comes_first_and_the_unknown_is_named(lines: list[ProjectLine]) -> None:
    counted = spread(lines, "county")
    sizes = [one.projects for one in counted.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert Counter(told(line, "county") for line in lines) == {
        name: one.projects for (name,), one in counted.items()
    }
    assert ((UNKNOWN,) in counted) == any(not line.county for line in lines)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.open(tmp_path / "home", create=True)
    ingest(home, [SAMPLES / "001_A1_jiaoyu.txt"])
    return home


def test_the_index_is_ready_behind_damaged_or_missing(home: Home) -> None:
    ready = index_figures(home)
    assert ready.state is IndexState.READY
    assert ready.texts > 0 and ready.model and ready.built
    with home.writing("test"), home.store(write=True) as store:
        ingest_paths(store, home.files_dir, [SAMPLES / "002_A1_shuili.txt"])
    assert index_figures(home).state is IndexState.BEHIND
    build(home)
    assert index_figures(home).state is IndexState.READY
    largest = max(home.index_dir.glob("g*/*"), key=lambda path: path.stat().st_size)
    for file in home.index_dir.glob(f"g*/{largest.name}"):
        os.truncate(file, 10)
    assert index_figures(home).state is IndexState.DAMAGED
    (home.index_dir / "CURRENT").write_text("nothing like this")
    assert index_figures(home).state is IndexState.DAMAGED
    shutil.rmtree(home.index_dir)
    assert index_figures(home).state is IndexState.MISSING


def test_the_stamp_changes_with_what_is_read_and_not_with_reading(home: Home) -> None:
    before = stamp(home)
    assert len(overview(home).lines) > 0
    assert stamp(home) == before
    ingest(home, [SAMPLES / "002_A1_shuili.txt"])
    assert stamp(home) != before
