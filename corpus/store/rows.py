"""Records to rows of the database and back, field by field."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from functools import lru_cache
from typing import Any

from corpus.records import (
    Form,
    Goal,
    GradeStandard,
    Indicator,
    Inferred,
    Level1,
    Level2,
    Masked,
    MeasureFrom,
    Operator,
    Project,
    ProjectKind,
    Quantity,
    Remark,
    Source,
    SpendingStep,
    Value,
    ValueKind,
)

Row = tuple[Any, ...]  # what sqlite3 takes and gives: str, int, float, None

_JSON = json.JSONEncoder(ensure_ascii=False)

NOTHING_MASKED = "[0, 0, 0, 0, 0]"

HEAD_COLUMNS = (
    "unit, unit_code, name, code, year, year_inferred, budget_wan, kind, form, purpose, goal, "
    "spending_plan, province, city, county, department, source_file, source_place, source_row, "
    "province_inferred, city_inferred, county_inferred, department_inferred"
)
GOAL_COLUMNS = (
    "order_printed, text, section, paragraph, quantities, source_file, source_place, source_row"
)
VALUE_COLUMNS = (
    "value_raw, value_kind, echo, unreadable, operator, number, number_high, measure, "
    "measure_from, canonical_number, canonical_measure, deadline"
)
INDICATOR_COLUMNS = (
    "name, level1, level2, level1_raw, level2_raw, description, basis, weight, actual, grades, "
    f"area, {VALUE_COLUMNS}, source_file, source_place, source_row"
)

# Looked up once per row: far cheaper than calling the enum.
_LEVEL1 = {str(member): member for member in Level1}
_LEVEL2 = {str(member): member for member in Level2}
_KIND = {str(member): member for member in ValueKind}
_OPERATOR = {str(member): member for member in Operator}
_MEASURE_FROM = {str(member): member for member in MeasureFrom}


def marks(columns: str) -> str:
    """Give as many question marks as there are columns."""
    return ", ".join("?" for _ in columns.split(", "))


def head_row(project: Project) -> Row:
    """Give the head of a project in the order of `HEAD_COLUMNS`."""
    return (
        project.unit,
        project.unit_code,
        project.name,
        project.code,
        project.year,
        project.year_inferred,
        project.budget_wan,
        project.kind.value,
        project.form.value,
        project.purpose,
        project.goal,
        _packed([(step.by, step.share, step.percent) for step in project.spending_plan]),
        project.province,
        project.city,
        project.county,
        project.department,
        project.source.file,
        project.source.place,
        project.source.row,
        project.inferred.province,
        project.inferred.city,
        project.inferred.county,
        project.inferred.department,
    )


def head_from(
    row: Row, goals: tuple[Goal, ...] = (), indicators: tuple[Indicator, ...] = ()
) -> Project:
    """Make the project of a `head_row`, with the goals and indicators given."""
    return Project(
        unit=row[0],
        unit_code=row[1],
        name=row[2],
        code=row[3],
        year=row[4],
        year_inferred=row[5],
        budget_wan=row[6],
        kind=ProjectKind(row[7]),
        form=Form(row[8]),
        purpose=row[9],
        goal=row[10],
        spending_plan=tuple(SpendingStep(*step) for step in _unpacked(row[11])),
        province=row[12],
        city=row[13],
        county=row[14],
        department=row[15],
        goals=goals,
        inferred=Inferred(*row[19:23]),
        indicators=indicators,
        source=Source(row[16], row[17], row[18]),
    )


def goal_row(goal: Goal) -> Row:
    """Give a goal in the order of `GOAL_COLUMNS`."""
    return (
        goal.order,
        goal.text,
        goal.section,
        goal.paragraph,
        _packed([(item.number, item.measure, item.text) for item in goal.quantities]),
        goal.source.file,
        goal.source.place,
        goal.source.row,
    )


def goal_from(row: Row) -> Goal:
    """Make the goal of a `goal_row`."""
    order, text, section, paragraph, quantities, file, place, line = row
    found = tuple(Quantity(*item) for item in _unpacked(quantities))
    return Goal(order, text, section, paragraph, found, Source(file, place, line))


def indicator_row(indicator: Indicator) -> Row:
    """Give an indicator in the order of `INDICATOR_COLUMNS`."""
    value, source = indicator.value, indicator.source
    # `_value_`, not `value`, which is a function: five of them a row
    return (
        indicator.name,
        None if indicator.level1 is None else indicator.level1._value_,
        None if indicator.level2 is None else indicator.level2._value_,
        indicator.level1_raw,
        indicator.level2_raw,
        indicator.description,
        indicator.basis,
        indicator.weight,
        indicator.actual,
        _packed([(item.grade, item.standard) for item in indicator.grades]),
        indicator.area,
        value.raw,
        value.kind._value_,
        value.echo,
        value.unreadable,
        value.operator._value_,
        value.number,
        value.number_high,
        value.measure,
        value.measure_from._value_,
        value.canonical_number,
        value.canonical_measure,
        value.deadline,
        source.file,
        source.place,
        source.row,
    )


def indicator_from(row: Row) -> Indicator:
    """Make the indicator of an `indicator_row`."""
    return Indicator(
        name=row[0],
        value=value_from(row[11:23]),
        level1=None if row[1] is None else _LEVEL1[row[1]],
        level2=None if row[2] is None else _LEVEL2[row[2]],
        level1_raw=row[3],
        level2_raw=row[4],
        description=row[5],
        basis=row[6],
        weight=row[7],
        actual=row[8],
        grades=tuple(GradeStandard(*item) for item in _unpacked(row[9])),
        area=row[10],
        source=Source(row[23], row[24], row[25]),
    )


@lru_cache(maxsize=65536)  # values recur: ≥95% stands in every other row
def value_from(row: Row) -> Value:
    """Make the value of the columns `VALUE_COLUMNS` of an `indicator_row`."""
    return Value(
        raw=row[0],
        kind=_KIND[row[1]],
        echo=bool(row[2]),
        unreadable=bool(row[3]),
        operator=_OPERATOR[row[4]],
        number=row[5],
        number_high=row[6],
        measure=row[7],
        measure_from=_MEASURE_FROM[row[8]],
        canonical_number=row[9],
        canonical_measure=row[10],
        deadline=row[11],
    )


def remarks_text(remarks: Sequence[Remark]) -> str:
    """Write remarks as one text for a cell."""
    return _packed([(item.file, item.place, item.reason) for item in remarks])


def remarks_from(text: str) -> tuple[Remark, ...]:
    """Make the remarks of a `remarks_text`."""
    return tuple(Remark(*item) for item in _unpacked(text))


def masked_text(masked: Masked) -> str:
    """Write the counts of personal data as one text for a cell."""
    return json.dumps(astuple(masked)) if masked != Masked() else NOTHING_MASKED


def masked_from(text: str) -> Masked:
    """Make the counts of a `masked_text`."""
    return Masked(*json.loads(text))


def masked_sum(found: Sequence[Row]) -> Masked:
    """Add up the counts in rows of one `masked_text`."""
    counts = [json.loads(text) for (text,) in found if text != NOTHING_MASKED]
    return Masked(*map(sum, zip(*counts, strict=True))) if counts else Masked()


def texts_from(text: str) -> tuple[str, ...]:
    """Make the texts of a JSON list."""
    found: list[str] = json.loads(text)
    return tuple(found)


def _packed(items: Sequence[Sequence[object]]) -> str:
    return _JSON.encode(items) if items else "[]"


def _unpacked(text: str) -> list[list[Any]]:
    if text == "[]":
        return []
    found: list[list[Any]] = json.loads(text)
    return found
