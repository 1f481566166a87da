"""Invented documents with their gold rows, in every layout: the same rows, however printed.

Columns are permuted, heads renamed within their synonyms, labels centred, spaced or broken,
values split over columns, heads repeated or merged. What comes out must not change.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from corpus.layouts.roles import Role
from corpus.specimens.entries import Entry, Table, invented_table
from corpus.specimens.flat_forms import FLAT_FORMS
from corpus.specimens.office_forms import OFFICE_FORMS
from corpus.specimens.style import Style, drawn_style
from corpus.specimens.text_forms import FORMS, SIMPLE

_SEVERAL = ("A1", "A2", "B", "C", "D", "E")
_PARTED_BY_SPACE = "DFGH"  # level words with inner spaces would be several cells
_BETWEEN = ("\n", "\n\n\n", "\n扫一扫在手机打开当前页\n\n")

Writer = Callable[[Sequence[Table], Style, Random], bytes]


@dataclass(frozen=True, slots=True)
class Variant:
    """One invented document with the rows that are to be found, keyed as in gold files."""

    name: str
    family: str
    data: bytes
    gold: tuple[dict[str, Any], ...]


def variants(per_family: int, families: Sequence[str] = ()) -> Iterator[Variant]:
    """So many documents of every family (or of those given), the same ones in every run."""
    for family in families or all_families():
        for number in range(per_family):
            yield _variant(family, number)


def all_families() -> tuple[str, ...]:
    """Text families, office formats, flat exports, and documents of several tables."""
    return (*FORMS, *OFFICE_FORMS, *FLAT_FORMS, *(f"several {family}" for family in _SEVERAL))


def _variant(family: str, number: int) -> Variant:
    rng = Random(f"{family}-{number}")  # noqa: S311 - a test document, no secret
    form = family.removeprefix("several ")
    one_table = form == family and family not in FLAT_FORMS
    tables = _tables(rng, 1 if one_table else rng.randint(2, 4))
    style = _style(rng, form)
    if family in FLAT_FORMS:
        style = replace(style, label_row="first")
    data = _writer(family)(tables, style, rng)
    suffix = family if family in OFFICE_FORMS else "csv" if family.endswith("csv") else "txt"
    gold = [
        _gold(table, entry, style, year_printed=form != "A1")
        for table in tables
        for entry in table.entries
    ]
    return Variant(f"{number:03d}_{family.replace(' ', '-')}_x.{suffix}", family, data, tuple(gold))


def _tables(rng: Random, count: int) -> list[Table]:
    tables: dict[str, Table] = {}
    while len(tables) < count:
        table = invented_table(rng, cost_apart=rng.random() < 0.3)
        tables.setdefault(table.project, table)
    return list(tables.values())


def _style(rng: Random, form: str) -> Style:
    simple = form in SIMPLE
    style = drawn_style(rng, split=not simple, evaluated=not simple)
    if form in _PARTED_BY_SPACE:
        style = replace(style, spaced=False)
    if form == "I":  # running text names levels in full, and has no other columns
        style = replace(style, suffix=True, columns=(Role.VALUE,))
    return replace(style, broken=False) if simple else style


def _writer(family: str) -> Writer:
    if family in FLAT_FORMS:
        return FLAT_FORMS[family]
    if family in OFFICE_FORMS:
        return lambda tables, style, rng: OFFICE_FORMS[family](tables[0], style, rng)
    form = FORMS[family.removeprefix("several ")]

    def written(tables: Sequence[Table], style: Style, rng: Random) -> bytes:
        return rng.choice(_BETWEEN).join(form(table, style, rng) for table in tables).encode()

    return written


def _gold(table: Table, entry: Entry, style: Style, *, year_printed: bool) -> dict[str, Any]:
    words = not entry.measure
    sign = ("" if words else entry.sign or "=") if style.split else entry.sign
    row: dict[str, Any] = {
        "unit": table.unit,
        "project": table.project,
        "budget_wan": table.budget_wan,
        "year": table.year if year_printed or "2026年" in table.project else None,
        "level1": f"{entry.level1}指标",
        "level2": f"{entry.level2}指标" if style.suffix else entry.level2,
        "name": entry.name,
        "operator": sign,
        "number": None if words else float(entry.amount.replace(",", "")),
        "measure": entry.measure,
        "value_raw": entry.amount if style.split else entry.value,
        "kind": _kind(entry),
    }
    shown = {
        Role.WEIGHT: ("weight", 10.0),
        Role.DESCRIPTION: ("description", entry.description),
        Role.BASIS: ("basis", entry.basis),
        Role.ACTUAL: ("actual", entry.value.lstrip("≥≤=")),
    }
    return row | dict(pair for role, pair in shown.items() if role in style.columns)


def _kind(entry: Entry) -> str:
    if entry.measure:
        return "numeric"
    return "deadline" if "月" in entry.amount else "qualitative"
