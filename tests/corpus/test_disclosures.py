"""The invented counties: the same in every run, and read as they were written."""

import json
from collections import Counter, defaultdict
from dataclasses import asdict
from itertools import islice
from pathlib import PurePosixPath

import pytest

from corpus.parse import parse_bytes
from corpus.records import ProjectKind
from corpus.specimens.disclosures import disclosures
from corpus.specimens.places import OFFICES, counties
from corpus.specimens.printing import Printed
from corpus.specimens.programmes import programmes
from corpus.specimens.sheets import SheetKind
from corpus.specimens.truth import RowTruth, TableTruth, truth_of
from knowledge.departments import department_in
from knowledge.divisions import named


@pytest.fixture(scope="module")
def region() -> list[Printed]:
    return list(disclosures(1))


def test_no_real_division_bears_the_name_of_an_invented_county() -> None:
    names = [county.name for region in range(100) for county in counties(region)]
    assert len(set(names)) == len(names) == 3000
    assert not [name for name in names if named(name) or named(name[:-1])]


def test_offices_tell_their_departments_and_have_project_types() -> None:
    for key, office in OFFICES.items():
        assert department_in(office)
        assert len(programmes(key)) >= 10


def test_two_runs_write_the_same_and_a_larger_scale_begins_alike(region: list[Printed]) -> None:
    again = islice(disclosures(2), len(region))
    assert all(one == other for one, other in zip(region, again, strict=True))


def test_paths_are_of_one_document_each(region: list[Printed]) -> None:
    paths = [document.path for document in region]
    assert len(set(paths)) == len(paths)
    assert {PurePosixPath(path).suffix for path in paths} == {
        ".txt", ".csv", ".docx", ".xlsx", ".html"
    }  # fmt: skip


def test_what_is_read_is_what_was_written(region: list[Printed]) -> None:
    """All but a few tables in the two layouts whose empty cells leave nothing."""
    wrong = []
    for document in region:
        found = [
            project
            for project in parse_bytes(document.data, document.path).projects
            if project.kind is ProjectKind.PROJECT
        ]
        for sheet, project in zip(document.sheets, found, strict=True):
            assert (project.name, project.unit) == (sheet.title, sheet.unit)
            assert project.budget_wan == pytest.approx(sheet.budget_wan, abs=0.01)
            if [row.name for row in project.indicators] != [row.entry.name for row in sheet.rows]:
                wrong.append(document.path)
    assert len(wrong) <= 0.01 * sum(len(document.sheets) for document in region), wrong


def test_everything_that_is_met_is_mixed_in(region: list[Printed]) -> None:
    truth = [line for document in region for line in truth_of(document)]
    tables = [line for line in truth if isinstance(line, TableTruth)]
    rows = [line for line in truth if isinstance(line, RowTruth)]
    assert {table.kind for table in tables} == set(SheetKind)
    weak = Counter(rule for row in rows for rule in row.weak)
    assert set(weak) >= {
        "V01", "V02", "V03", "V04", "V05", "V06", "V07", "T01", "T02", "T06", "N02", "N03"
    }  # fmt: skip
    assert 0.05 < sum(bool(row.weak) for row in rows) / len(rows) < 0.4
    assert len({table.department for table in tables}) == 12
    units = defaultdict(set)
    for row, table in _rows_of(tables, rows):
        if row.concept:
            units[row.concept].add(table.unit)
    shared = [concept for concept, whose in units.items() if len(whose) >= 5]
    assert len(shared) > 150  # concepts that have peers


def _rows_of(tables: list[TableTruth], rows: list[RowTruth]) -> list[tuple[RowTruth, TableTruth]]:
    by_id = {table.id: table for table in tables}
    return [(row, by_id[row.table]) for row in rows]


def test_copied_tables_have_the_rows_of_their_origin(region: list[Printed]) -> None:
    sheets = {sheet.id: sheet for document in region for sheet in document.sheets}
    copied = [sheet for sheet in sheets.values() if sheet.kind is SheetKind.COPIED]
    assert copied
    for sheet in copied:
        origin = sheets[sheet.origin]
        concepts = [row.concept for row in origin.rows]
        assert {row.concept for row in sheet.rows} <= set(concepts)
        if sheet.year == origin.year:
            assert sheet.unit != origin.unit


def test_weak_rows_say_why_and_good_rows_have_a_measurable_value(region: list[Printed]) -> None:
    for document in region:
        for line in truth_of(document):
            json.dumps(asdict(line))
            if isinstance(line, RowTruth) and "V01" in line.weak:
                assert line.value == line.name
            if isinstance(line, RowTruth) and not document.described:
                assert "N02" not in line.weak
