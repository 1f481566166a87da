"""The fields that a person can correct: their texts, and records with another text in one."""

import re
from dataclasses import replace
from typing import Any

from corpus.layouts.levels import level1_of, level2_of, parent_of
from corpus.records import Indicator, Level1, Level2, Project
from corpus.store.corrected import ROW
from corpus.values import parse_value, value_text
from errors import UsageError
from text.normalise import one_line
from text.numbers import parse_money_wan
from text.personal import masked_text

PROJECT_FIELDS = (
    "unit",
    "unit_code",
    "name",
    "code",
    "year",
    "budget_wan",
    "purpose",
    "province",
    "city",
    "county",
    "department",
)
"""Fields of a project; budget_wan is in 万元."""

INDICATOR_FIELDS = (
    "name",
    "description",
    "level2",
    "level1",
    "value",
    "basis",
    "weight",
    "actual",
    "area",
)
"""Fields of an indicator, in the order in which they are put in: a value is read by its row."""

LONGEST = 20_000
"""Characters of the longest text that is taken."""

_YEAR = re.compile(r"199[0-9]|20[0-9]{2}")
_POINTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?")


def text_of(record: Project | Indicator, field: str) -> str:
    """What a field says, as a text; of a whole row what tells it from others of its name."""
    match field:
        case "value":
            return record.value.raw if isinstance(record, Indicator) else ""
        case "level1" | "level2":
            return str(getattr(record, f"{field}_raw") or getattr(record, field) or "")
        case _ if field == ROW:
            return record.value.raw if isinstance(record, Indicator) else record.code
        case _:
            said = getattr(record, field)
            return number_text(said) if isinstance(said, int | float) else str(said or "")


def shown_text(record: Project | Indicator, field: str) -> str:
    """What a field says to a reader: a value with its sign and unit from wherever they stand."""
    if field == "value" and isinstance(record, Indicator):
        return value_text(record.value)
    return text_of(record, field)


def number_text(number: float) -> str:
    """A number without needless zeros: 80.0 → 80."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def checked(field: str, text: str, allowed: tuple[str, ...]) -> str:
    """A new text for a field, as it is put in: on one line, without personal data.

    :raises UsageError: no such field, or a text that it cannot hold.
    """
    if field not in allowed:
        raise UsageError(f"expected a field of {', '.join(sorted(allowed))}; found {field!r}")
    if len(text) > LONGEST:
        raise UsageError(f"{field}: expected at most {LONGEST} characters, found {len(text)}")
    clean = masked_text(one_line(text))
    if field == "name" and not clean:
        raise UsageError("name: expected a text, found none; to take a row out use --delete")
    expected = _expected(field, clean) if clean else ""
    if expected:
        raise UsageError(f"{field}: expected {expected}, found {clean[:40]!r}")
    if field == "budget_wan" and clean:
        return number_text(parse_money_wan(clean, "万元") or 0)
    return clean


def _expected(field: str, text: str) -> str:
    """What a field wants where the text is not it, else ""."""
    match field:
        case "level1":
            return "" if level1_of(text) else f"one of {', '.join(Level1)}"
        case "level2":
            return "" if level2_of(text) else f"one of {', '.join(Level2)}"
        case "year":
            return "" if _YEAR.fullmatch(text) else "a year such as 2023"
        case "weight":
            return "" if _POINTS.fullmatch(text) else "points such as 10 or 7.5"
        case "budget_wan":
            found = parse_money_wan(text, "万元")
            return "" if found is not None else "an amount in 万元 such as 80.5"
        case _:
            return ""


def project_with(project: Project, field: str, text: str) -> Project:
    """The project with a text that `checked` gave in one of `PROJECT_FIELDS`."""
    said: dict[str, Any] = {field: text}
    if field == "year":
        said = {field: int(text) if text else None}
    elif field == "budget_wan":
        said = {field: float(text) if text else None}
    return replace(project, **said)


def indicator_with(
    indicator: Indicator, field: str, text: str, year: int | None = None
) -> Indicator:
    """The indicator with a text that `checked` gave in one of `INDICATOR_FIELDS`.

    A value is read again with the rest of its row, a level 2 brings the level 1 above it. `year`
    is that of the project.
    """
    match field:
        case "value":
            value = parse_value(
                text,
                name=indicator.name,
                description=indicator.description,
                level1=indicator.level1_raw,
                level2=indicator.level2_raw,
                year=year,
            )
            if value.unreadable:  # doubtful in a scan, but not where a person has written it
                value = parse_value(text, year=year)
            return replace(indicator, value=value)
        case "weight":
            return replace(indicator, weight=float(text) if text else None)
        case "level1":
            return replace(indicator, level1=level1_of(text), level1_raw=text)
        case "level2":
            return _with_level2(indicator, text)
        case _:
            said: dict[str, Any] = {field: text}
            return replace(indicator, **said)


def _with_level2(indicator: Indicator, text: str) -> Indicator:
    level2 = level2_of(text)
    level1 = parent_of(level2, indicator.level1) if level2 else indicator.level1
    raw = indicator.level1_raw if level1 is indicator.level1 else str(level1)
    return replace(indicator, level1=level1, level1_raw=raw, level2=level2, level2_raw=text)
