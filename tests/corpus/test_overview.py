"""The overview of a store against all its records, read one by one."""

from pathlib import Path

import pytest

from corpus.measurable import is_measurable
from corpus.records import ProjectKind
from corpus.store.overview import Overview
from corpus.store.store import Store
from corpus.where import settled
from service.home import Home
from service.refresh import ingest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    home = Home.open(tmp_path_factory.mktemp("overview") / "home", create=True)
    ingest(home, [*sorted(SAMPLES.glob("00*.txt")), SAMPLES / "022_J_ocr_ziping.txt"])
    return home.store()


@pytest.fixture(scope="module")
def found(store: Store) -> Overview:
    return store.overview()


def test_each_line_is_its_project(store: Store, found: Overview) -> None:
    stored = list(store.projects())
    assert [line.id for line in found.lines] == [one.id for one in stored]
    for line, one in zip(found.lines, stored, strict=True):
        where = settled(one.project)
        assert line.document_id == one.document_id
        assert (line.unit, line.name, line.kind) == (
            one.project.unit,
            one.project.name,
            one.project.kind,
        )
        assert (line.province, line.city, line.county, line.department, line.year) == (
            where.province,
            where.city,
            where.county,
            where.department,
            where.year,
        )


def test_rows_are_counted_as_a_search_counts_them(store: Store, found: Overview) -> None:
    for line, one in zip(found.lines, store.projects(), strict=True):
        rows = one.project.indicators
        assert line.rows == len(rows)
        assert line.measurable == sum(is_measurable(row.value) for row in rows)
    assert 0 < sum(line.measurable for line in found.lines) < sum(line.rows for line in found.lines)


def test_figures_are_those_of_the_store(store: Store, found: Overview) -> None:
    stats, documents = store.stats(), list(store.documents())
    whole = sum(line.kind is ProjectKind.WHOLE_UNIT for line in found.lines)
    assert (found.documents, found.goals) == (stats.documents, stats.goals)
    assert (len(found.lines) - whole, whole) == (stats.projects, stats.whole_unit)
    assert len({line.unit for line in found.lines if line.unit}) == stats.units
    assert found.flawed == sum(bool(one.problems) for one in documents)
    assert found.problems == sum(len(one.problems) for one in documents)


def test_an_empty_store_has_no_lines(tmp_path: Path) -> None:
    with Store.open(tmp_path / "corpus.sqlite", write=True) as empty:
        assert empty.overview() == Overview(0, 0, 0, 0, ())
