"""What is true of the invented documents, as records kept beside them and never inside."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.specimens.printing import Printed
from corpus.specimens.sheets import Row, Sheet, SheetKind


@dataclass(frozen=True, slots=True)
class TableTruth:
    """One table. `origin` is equal for all tables with the same rows, whoever prints them.

    `id` names the table, `programme` its project type; `weak` are the rules that the table as a
    whole breaks (numbers as P02). `goal_family` is equal for goal texts of one stock wording, ""
    for a text of its own.
    """

    type: str
    file: str
    id: str
    county: str
    unit: str
    department: str
    year: int
    project: str
    code: str
    programme: str
    budget_wan: float
    kind: SheetKind
    origin: str
    weak: tuple[str, ...]
    goal: str
    goal_family: str
    rows: int


@dataclass(frozen=True, slots=True)
class RowTruth:
    """One row; `row` counts from 1 within its table, `concept` is "" where it measures none.

    `weak` are the rules that it breaks, none for a good row. Texts of one stock wording have the
    same family, texts of their own have none. `description` is "" where the form has no such
    column.
    """

    type: str
    table: str
    row: int
    level2: str
    name: str
    value: str
    description: str
    concept: str
    weak: tuple[str, ...]
    name_family: str
    description_family: str


@dataclass(frozen=True, slots=True)
class ParagraphTruth:
    """One narrative paragraph; `family` is its stock wording, "" where it is of its own."""

    type: str
    file: str
    unit: str
    year: int
    section: str
    text: str
    family: str


Truth = TableTruth | RowTruth | ParagraphTruth


def truth_of(document: Printed) -> Iterator[Truth]:
    """Each table of a document with its rows after it, then the paragraphs."""
    for sheet in document.sheets:
        yield _table(document, sheet)
        for number, row in enumerate(sheet.rows, start=1):
            yield _row(sheet, number, row, described=document.described)
    for paragraph in document.paragraphs:
        first = document.sheets[0]
        yield ParagraphTruth(
            "paragraph",
            document.path,
            first.unit,
            first.year,
            paragraph.section,
            paragraph.text,
            paragraph.family,
        )


def _table(document: Printed, sheet: Sheet) -> TableTruth:
    return TableTruth(
        type="table",
        file=document.path,
        id=sheet.id,
        county=sheet.county.name,
        unit=sheet.unit,
        department=sheet.department,
        year=sheet.year,
        project=sheet.title,
        code=sheet.code,
        programme=sheet.programme,
        budget_wan=sheet.budget_wan,
        kind=sheet.kind,
        origin=sheet.origin,
        weak=sheet.weak,
        goal=sheet.goal,
        goal_family=sheet.goal_family,
        rows=len(sheet.rows),
    )


def _row(sheet: Sheet, number: int, row: Row, *, described: bool) -> RowTruth:
    entry = row.entry
    weak = row.weak if described else tuple(rule for rule in row.weak if rule != "N02")
    return RowTruth(
        type="row",
        table=sheet.id,
        row=number,
        level2=entry.level2,
        name=entry.name,
        value=entry.value,
        description=entry.description if described else "",
        concept=row.concept,
        weak=weak,
        name_family=row.name_family,
        description_family=row.description_family if described else "",
    )
