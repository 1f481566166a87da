"""Teaching pairs: the good row is sound, the weak one is not, and both are one indicator."""

import io
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from corpus.parse import parse_bytes
from corpus.specimens.disclosures import disclosures
from corpus.store.stored import StoredProject
from embed.open import open_encoder
from errors import UsageError
from knowledge.rules import Severity
from quality.check import check_project
from quality.lookup import ConceptLookup
from quality.teach import Lessons, TaughtRow, lessons_of, quiz
from service import teach
from text.concept_names import concept_of


@cache
def projects() -> tuple[StoredProject, ...]:
    return tuple(_projects())


def _projects() -> Iterator[StoredProject]:
    number = 0
    for document in islice(disclosures(1), 60):
        for project in parse_bytes(document.data, document.path).projects:
            number += 1
            yield StoredProject(f"{number:012x}", project, (), document.path)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return lessons_of(projects())


def findings_of(taught: TaughtRow) -> list[str]:
    review = check_project(taught.project, ConceptLookup())
    position = taught.project.indicators.index(taught.row)
    return [one.rule.id for one in review.of_row(position)]


def test_the_good_one_has_no_finding_and_the_weak_one_those_that_are_told(
    lessons: Lessons,
) -> None:
    assert len(lessons.pairs) > 30
    for pair in lessons.pairs:
        assert findings_of(pair.good) == []
        assert {reason.rule.id for reason in pair.reasons} <= set(findings_of(pair.weak))
        assert pair.reasons[0].severity in (Severity.ERROR, Severity.WARNING)


def test_both_are_one_indicator_of_different_units(lessons: Lessons) -> None:
    for pair in lessons.pairs:
        assert pair.weak.project.unit != pair.good.project.unit
        assert pair.weak.level2 == pair.good.level2
        names = [concept_of(row.row.name) for row in (pair.weak, pair.good)]
        assert names[0] == names[1]


def test_each_way_of_being_weak_is_shown_once_and_the_first_pairs_differ(
    lessons: Lessons,
) -> None:
    ways = [
        (pair.concept, pair.weak.level2, *(reason.rule.id for reason in pair.reasons))
        for pair in lessons.pairs
    ]
    assert len(set(ways)) == len(ways)
    first = [pair.reasons[0].rule.id for pair in lessons.pairs[:6]]
    assert len(set(first)) == 6


def test_filters_keep_level_2_and_department(lessons: Lessons) -> None:
    department = next(
        pair.weak.department
        for pair in lessons.pairs
        if pair.weak.level2 == "数量" and pair.weak.department == pair.good.department
    )
    found = lessons_of(projects(), level2="数量", department=department)
    rows = [row for pair in found.pairs for row in (pair.weak, pair.good)]
    assert rows and {(row.level2, row.department) for row in rows} == {("数量", department)}
    assert {(row.level2, row.department) for row in found.good} == {("数量", department)}


def test_a_closer_look_may_refuse_good_rows() -> None:
    first = lessons_of(projects()[:60])
    refused = first.pairs[0].good.id
    found = lessons_of(projects()[:60], lambda row: row.id != refused)
    assert refused not in {pair.good.id for pair in found.pairs}


def test_a_quiz_asks_for_the_weak_row_and_a_rule_it_breaks(lessons: Lessons) -> None:
    questions = quiz(lessons.pairs, 12)
    assert len(questions) == 12
    assert questions == quiz(lessons.pairs, 12)
    assert {question.weak for question in questions} == {0, 1}
    for question in questions:
        assert question.rows[question.weak] == question.pair.weak
        broken = set(findings_of(question.pair.weak))
        right = [rule.id for rule in question.choices if rule.id in broken]
        assert right == [question.choices[question.answer].id]
        assert len({rule.id for rule in question.choices}) == 4


def test_the_sheet_is_printed_as_a_page_and_as_a_document(lessons: Lessons, tmp_path: Path) -> None:
    import docx

    found = teach.answer_of(lessons.pairs, 5)
    assert (found.total, len(found.pairs)) == (len(lessons.pairs), 5)
    for name in ("sheet.html", "sheet.docx"):
        teach.write_sheet(found, tmp_path / name)
    page = (tmp_path / "sheet.html").read_text("utf-8")
    document = docx.Document(io.BytesIO((tmp_path / "sheet.docx").read_bytes()))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert len(document.tables) == 5
    for pair in found.pairs:
        assert pair.weak.name in page and pair.weak.name in cells
        assert pair.reasons[0].message.replace("&", "&amp;") in page
    with pytest.raises(UsageError, match="ending in"):
        teach.write_sheet(found, tmp_path / "sheet.pdf")


def test_names_are_looked_at_by_meaning_too() -> None:
    encoder = open_encoder()
    lookup = ConceptLookup(encoder)

    def is_good(taught: TaughtRow) -> bool:
        review = check_project(taught.project, lookup)
        return not review.of_row(taught.project.indicators.index(taught.row))

    for pair in lessons_of(projects()[:60], is_good).pairs:
        assert is_good(pair.good)
