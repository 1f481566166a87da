"""Contract objects back to records, field by field and with patience.

A foreign writer may leave keys out, write a number as text or use a word that no enum knows:
what is missing becomes "", null or empty, an unknown word is kept in the raw field where there is
one. Only what has the wrong shape altogether (a list where a text stands) spoils the line.
"""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from corpus.records import (
    Form,
    Goal,
    GradeStandard,
    Indicator,
    Inferred,
    Level1,
    Level2,
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
from corpus.values import parse_value

_LARGEST = 2**53  # beyond it JSON numbers are not exact

E = TypeVar("E", bound=StrEnum)


class BadLineError(ValueError):
    """A JSON line that cannot be a record; the message says which field and why."""


class Fields:
    """One JSON object, read key by key; every getter raises `BadLineError` on a wrong shape."""

    __slots__ = ("_object",)

    def __init__(self, raw: object, what: str = "line") -> None:
        if not isinstance(raw, Mapping):
            raise BadLineError(f"{what} is not a JSON object")
        self._object = raw

    def says(self, key: str) -> bool:
        """Whether the key is there at all, be it empty."""
        return key in self._object

    def text(self, key: str) -> str:
        """Get a text; "" where missing, a number as it is written."""
        raw = self._object.get(key)
        if isinstance(raw, str):
            return raw
        if raw is None:
            return ""
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return str(raw)
        raise BadLineError(f"{key} is not a text")

    def number(self, key: str) -> float | None:
        """Get a finite number or one written as text; None where missing or blank."""
        raw = self._object.get(key)
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise BadLineError(f"{key} is not a number")
        try:
            number = float(raw)
        except (ValueError, OverflowError):
            raise BadLineError(f"{key} is not a number") from None
        if not math.isfinite(number):
            raise BadLineError(f"{key} is not a finite number")
        return number

    def whole(self, key: str) -> int | None:
        """Get a whole number; None where missing or blank."""
        raw = self.number(key)
        if raw is None:
            return None
        if raw != int(raw) or abs(raw) > _LARGEST:
            raise BadLineError(f"{key} is not a whole number")
        return int(raw)

    def flag(self, key: str) -> bool:
        """Get true or false; false where missing."""
        raw = self._object.get(key)
        if raw is None or isinstance(raw, bool):
            return bool(raw)
        raise BadLineError(f"{key} is neither true nor false")

    def choice(self, key: str, kind: type[E]) -> E | None:
        """Get a word of an enum; None where missing or not one of its words."""
        try:
            return kind(self.text(key))
        except ValueError:
            return None

    def child(self, key: str) -> "Fields":
        """Get the object below a key, empty where missing."""
        return Fields(self._object.get(key) or {}, key)

    def children(self, key: str) -> list["Fields"]:
        """Get the objects of a list below a key, none where missing."""
        raw = self._object.get(key)
        if raw is None or raw == "":
            return []
        if not isinstance(raw, list):
            raise BadLineError(f"{key} is not a list")
        return [Fields(item, key) for item in raw]

    def pairs(self, key: str) -> list[tuple[str, str]]:
        """Get the texts of an object below a key, with their names, in order."""
        child = self.child(key)
        return [(str(name), child.text(name)) for name in child._object]


def head_of(fields: Fields) -> Project:
    """Read the head of a project from its own line or from a line of one of its rows."""
    name, code = fields.text("project"), fields.text("project_code")
    kind = fields.choice("kind", ProjectKind)
    if kind is None:  # only the targets of a whole unit have no project (部门整体)
        nameless = fields.text("unit") != "" and not name and not code
        kind = ProjectKind.WHOLE_UNIT if nameless else ProjectKind.PROJECT
    return Project(
        unit=fields.text("unit"),
        unit_code=fields.text("unit_code"),
        name=name,
        code=code,
        year=fields.whole("year"),
        year_inferred=fields.whole("year_inferred"),
        budget_wan=fields.number("budget_wan"),
        kind=kind,
        form=fields.choice("form", Form) or Form.TARGET,
        purpose=fields.text("purpose"),
        goal=fields.text("goal"),
        spending_plan=tuple(
            SpendingStep(step.text("by"), step.text("share"), step.number("percent"))
            for step in fields.children("spending_plan")
        ),
        province=fields.text("province"),
        city=fields.text("city"),
        county=fields.text("county"),
        department=fields.text("department"),
        inferred=Inferred(
            province=fields.text("province_inferred"),
            city=fields.text("city_inferred"),
            county=fields.text("county_inferred"),
            department=fields.text("department_inferred"),
        ),
        source=source_of(fields),
    )


def goal_of(fields: Fields, order: int) -> Goal:
    """Read one goal; `order` is its place where the line says none."""
    printed, paragraph = fields.whole("order"), fields.whole("paragraph")
    return Goal(
        order=order if printed is None else printed,
        text=fields.text("text"),
        section=fields.text("section"),
        paragraph=1 if paragraph is None else paragraph,
        quantities=tuple(_quantity_of(item) for item in fields.children("quantities")),
        source=source_of(fields),
    )


def indicator_of(fields: Fields) -> Indicator:
    """Read one indicator; a level word that no enum knows stays in its raw field."""
    level1, level2 = fields.choice("level1", Level1), fields.choice("level2", Level2)
    return Indicator(
        name=fields.text("name"),
        value=_value_of(fields),
        level1=level1,
        level2=level2,
        level1_raw=fields.text("level1_raw") or ("" if level1 else fields.text("level1")),
        level2_raw=fields.text("level2_raw") or ("" if level2 else fields.text("level2")),
        description=fields.text("description"),
        basis=fields.text("basis"),
        weight=fields.number("weight"),
        actual=fields.text("actual"),
        grades=tuple(GradeStandard(grade, text) for grade, text in fields.pairs("grades")),
        area=fields.text("area"),
        source=source_of(fields),
    )


def remark_of(fields: Fields) -> Remark:
    """Read one problem or note."""
    return Remark(fields.text("file"), fields.text("place"), fields.text("reason"))


def source_of(fields: Fields) -> Source:
    """Read where the record stood in the document it was first read from."""
    source = fields.child("source")
    return Source(source.text("file"), source.text("place"), source.whole("row") or 0)


def _quantity_of(fields: Fields) -> Quantity:
    number = fields.number("number")
    if number is None:
        raise BadLineError("quantities holds one without a number")
    return Quantity(number, fields.text("measure"), fields.text("text"))


def _value_of(fields: Fields) -> Value:
    """Read the value of an indicator; from its printed text where nothing says its kind."""
    try:
        value = fields.child("value")
    except BadLineError:
        value = Fields({"raw": fields.text("value")})
    kind = value.choice("kind", ValueKind)
    if kind is None:
        return parse_value(
            value.text("raw"),
            name=fields.text("name"),
            description=fields.text("description"),
            level1=fields.text("level1_raw") or fields.text("level1"),
            level2=fields.text("level2_raw") or fields.text("level2"),
            measure=value.text("measure"),
            year=fields.whole("year"),
        )
    return Value(
        raw=value.text("raw"),
        kind=kind,
        echo=value.flag("echo"),
        unreadable=value.flag("unreadable"),
        operator=value.choice("operator", Operator) or Operator.NONE,
        number=value.number("number"),
        number_high=value.number("number_high"),
        measure=value.text("measure"),
        measure_from=value.choice("measure_from", MeasureFrom) or MeasureFrom.NONE,
        canonical_number=value.number("canonical_number"),
        canonical_measure=value.text("canonical_measure"),
        deadline=value.text("deadline"),
    )
