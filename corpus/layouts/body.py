"""Rows of a target table to indicators.

Every row is aligned to the columns; level 2 is filled down within its table, and decides
level 1: labels of merged cells are printed in the middle or with the second row of their group.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.blocks import Cell, Row
from corpus.frozen import frozen
from corpus.layouts.align import plausible, realigned
from corpus.layouts.columns import Column
from corpus.layouts.context import Context
from corpus.layouts.levels import PARENTS, level1_of, level2_of, parent_of, printed_level
from corpus.layouts.roles import Role
from corpus.layouts.trust import LEFT_OUT, NO_COLUMN, TEMPLATE_ROW
from corpus.records import GradeStandard, Indicator, Level1, Level2, Remark, Source
from corpus.values import parse_value
from text.normalise import fold, one_line, squeeze

_NUMBERING = r"\d{1,2}[.、．]\s*(?=[^\d\s])|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|[①-⑳]"
_NAME_MARKS = re.compile(rf"^(?:[★☆*]+|指标\d+[::：.、]?|{_NUMBERING})+")
_NAME_TEMPLATE = re.compile(r"[(（]?[≥≤=><]?\*{1,2}[^()（）]{0,6}[)）]?$")
_TEMPLATE_MEASURE = re.compile(r"[(（)）≥≤=><*]")
_UNUSED_NAME = re.compile(
    r"^(指标\d+[:：]?|…+|\.{2,}|0|/|-|—+|无|[一二三四五六七八九十]+[、.．]|\d{1,2}[.、．]"
    r"|[(（]\d{1,2}[)）]|[①-⑳])(…+|\.{2,})?$"
)
_CUT_NUMBER = re.compile(r"^[≥≤=><]?\s*\d\s?\d?\s\d[\d.]*\s*[%％‰]$")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)分?")
_NOTHING = frozenset({"无", "/", "-", "—", "0"})
_NAMESAKES = {Level2.SATISFACTION: Level1.SATISFACTION, Level2.COST: Level1.COST}
_TOTALS = re.compile(r"^(总分|合计|总计|小计)$")
_NO_INDICATOR = re.compile(f"{_UNUSED_NAME.pattern}|{_TOTALS.pattern}")


class _Aligned(NamedTuple):
    """One row under its columns: the first cell of every role, and the values by area.

    `lost` are texts that fit no column; `grades` what earns each grade, from the best one down.
    """

    row: Row
    cells: dict[Role, Cell]
    values: tuple[tuple[str, str], ...]
    lost: tuple[str, ...] = ()
    grades: tuple[GradeStandard, ...] = ()

    def text(self, role: Role) -> str:
        cell = self.cells.get(role)
        return cell.text if cell else ""


@frozen
class Body:
    """What a table body gave: indicators and what was left out on purpose."""

    indicators: tuple[Indicator, ...]
    notes: tuple[Remark, ...]


def read_body(rows: Sequence[Row], columns: Sequence[Column], context: Context) -> Body:
    """Turn the body rows of one table into indicators, in document order."""
    places = _places(columns)
    aligned = [_align_row(row, places) for row in rows]
    levels = _levels(aligned)
    indicators: list[Indicator] = []
    notes: list[Remark] = []
    basis = ""
    for item, level in zip(aligned, levels, strict=True):
        basis = _basis(item, basis)
        if item.lost:
            notes.append(_lost(item, context.file))
        name = item.cells.get(Role.NAME)
        if name is None or not _is_indicator(name.text):
            notes.extend(_unused(item, level, context.file))
            continue
        indicators.extend(_indicators(item, name, level, basis, context))
    return Body(tuple(indicators), tuple(notes))


class _Places(NamedTuple):
    """The columns of a table: their roles, the first of each role, the value columns by area."""

    columns: Sequence[Column]
    roles: Sequence[Role]
    first: Sequence[tuple[Role, int]]
    valued: Sequence[tuple[int, str]]
    graded: bool


def _places(columns: Sequence[Column]) -> _Places:
    roles = [column.role for column in columns]
    return _Places(
        columns,
        roles,
        [(role, roles.index(role)) for role in dict.fromkeys(roles)],
        [(n, column.area) for n, column in enumerate(columns) if column.role is Role.VALUE],
        Role.GRADE in roles,
    )


def _align_row(row: Row, places: _Places) -> _Aligned:
    """One row under its columns."""
    if not plausible(row.cells, places.roles):
        return _realigned_row(row, places)
    cells = row.cells
    return _Aligned(
        row,
        {role: cells[number] for role, number in places.first},
        tuple([(area, cells[number].text) for number, area in places.valued]),
        (),
        _grades(dict(enumerate(cells)), places) if places.graded else (),
    )


def _realigned_row(row: Row, places: _Places) -> _Aligned:
    """A row that lacks cells, or has some more."""
    placed = realigned(row.cells, places.roles)
    kept = [cell for cell in placed.values() if cell.text]
    return _Aligned(
        row,
        # of several columns of one role the first that has a cell counts
        {places.roles[number]: placed[number] for number in sorted(placed, reverse=True)},
        tuple([(area, placed[n].text) for n, area in places.valued if n in placed]),
        tuple([cell.text for cell in row.cells if cell.text and cell not in kept]),
        _grades(placed, places) if places.graded else (),
    )


def _grades(placed: Mapping[int, Cell], places: _Places) -> tuple[GradeStandard, ...]:
    return tuple(
        GradeStandard(squeeze(column.head), _joined(placed[number].text))
        for number, column in enumerate(places.columns)
        if column.role in (Role.VALUE, Role.GRADE) and number in placed
    )


class _Level(NamedTuple):
    level1: Level1 | None
    level2: Level2 | None
    level1_raw: str
    level2_raw: str


def _levels(aligned: Sequence[_Aligned]) -> list[_Level]:
    """Level words of every row: printed, else filled down; before the first label, the first."""
    printed = _printed_levels(aligned)
    filled = next((two for _, two in printed if two), "")
    labels = _Labels(
        [(row, known, one) for row, (one, _) in enumerate(printed) if (known := level1_of(one))]
    )
    found: list[_Level] = []
    other = ""  # a level 1 that is in no official tree: 履职效能, 预算执行率
    for index, (one, two) in enumerate(printed):
        if found and not (one or two):
            found.append(found[-1])
            continue
        if one and level1_of(one):
            other = ""
        elif one and (two or not level2_of(one)):
            other, filled = one, ""
        filled = two or filled
        level2 = level2_of(filled)
        level1_raw = labels.nearest(index, level2) if level2 or not other else ""
        level1_raw = level1_raw or other
        nearest = level1_of(level1_raw)
        level1 = parent_of(level2, nearest) if level2 else nearest
        found.append(_Level(level1, level2, printed_level(level1_raw), printed_level(filled)))
    return found


def _printed_levels(aligned: Sequence[_Aligned]) -> list[tuple[str, str]]:
    """Level 1 and level 2 as printed in every row.

    满意度指标 and 成本指标 are words of both levels: below a more exact level 2 of the same kind
    (服务对象满意度指标, 经济成本指标) they are the level 1, printed late.
    """
    found = []
    exact: Level1 | None = None
    for item in aligned:
        one, two = item.text(Role.LEVEL1), item.text(Role.LEVEL2)
        if two and not one and exact is not None and level1_of(two) is exact:
            one, two = two, ""
        if two:
            level2 = level2_of(two)
            exact = PARENTS[level2][0] if level2 and level1_of(two) is None else None
        found.append((one, two))
    return found


class _Labels:
    """The rows of a table with a known level 1, found from any row."""

    def __init__(self, labels: Sequence[tuple[int, Level1, str]]) -> None:
        self._labels = labels
        self._printed = {level1 for _, level1, _ in labels}
        self._fitting: dict[tuple[Level1, ...], tuple[list[int], list[str]]] = {}

    def nearest(self, index: int, level2: Level2 | None) -> str:
        """The printed level 1 above this row, or below it where the one above is not its parent.

        Where the table prints the level 1 that is named like this level 2 (满意度, 成本), no
        other is its parent.
        """
        allowed: tuple[Level1, ...] = PARENTS[level2] if level2 else tuple(Level1)
        if level2 in _NAMESAKES and _NAMESAKES[level2] in self._printed:
            allowed = (_NAMESAKES[level2],)
        if allowed not in self._fitting:
            fitting = [(row, raw) for row, level1, raw in self._labels if level1 in allowed]
            self._fitting[allowed] = [row for row, _ in fitting], [raw for _, raw in fitting]
        rows, raws = self._fitting[allowed]
        above = bisect_right(rows, index)
        return raws[max(0, above - 1)] if raws else ""


def is_unused(name: str) -> bool:
    """Is this the name of a row of the form that was not filled in (指标2：, ……)?"""
    return _UNUSED_NAME.match(squeeze(name)) is not None


def _is_indicator(name: str) -> bool:
    text = squeeze(name)
    return bool(text) and not _NO_INDICATOR.match(text)


def _basis(item: _Aligned, above: str) -> str:
    """The basis of a row; a merged cell under the same level 2 carries the one above down."""
    cell = item.cells.get(Role.BASIS)
    if cell is None:
        return ""
    carried = cell.merged and not cell.text and not item.text(Role.LEVEL2)
    return above if carried else one_line(cell.text)


def _unused(item: _Aligned, level: _Level, file: str) -> Iterator[Remark]:
    said = [t for t in item.row.texts if not level1_of(t) and not level2_of(t)]
    if any(_TOTALS.match(squeeze(t)) for t in item.row.texts):
        return
    if said and is_unused(item.text(Role.NAME)):
        reason = f"{TEMPLATE_ROW} that was not filled in: {one_line(' | '.join(said))[:60]}"
    elif item.text(Role.LEVEL2) and not said:
        reason = f"{TEMPLATE_ROW} without an indicator under {level.level2_raw}"
    elif said:
        reason = f"{LEFT_OUT}: {one_line(' | '.join(said))[:60]}"
    else:
        return
    yield Remark(file, item.row.stands, reason)


def _lost(item: _Aligned, file: str) -> Remark:
    words = one_line(" | ".join(item.lost))[:60]
    return Remark(file, item.row.stands, f"{NO_COLUMN}: {words}")


def clean_name(text: str) -> str:
    """An indicator name without stars, 指标1: and the template left in it (≥**人)."""
    name = _joined(text)
    marks = _NAME_MARKS.match(name)
    if marks:
        name = name[marks.end() :]
    return (_NAME_TEMPLATE.sub("", name) if "*" in name else name).strip() or name


def _joined(text: str) -> str:
    """Line breaks inside a Chinese cell are breaks of the page, not of the text."""
    return one_line(_LINE_BREAK.sub("", text) if "\n" in text else text) if text else text


def _with_measure(name: str, printed: str) -> str:
    """The name with the measure of its template: 补助户数（≥**户） → 补助户数（户）."""
    template = _NAME_TEMPLATE.search(_joined(printed)) if "*" in printed else None
    measure = _TEMPLATE_MEASURE.sub("", template.group()) if template else ""
    return f"{name}（{measure}）" if measure else name


def _value_text(raw: str) -> str:
    """A value cell on one line; a number cut by the width of its column is one number."""
    text = _joined(raw)
    return squeeze(text) if " " in text and _CUT_NUMBER.match(text) else text


def _indicators(
    item: _Aligned,
    name_cell: Cell,
    level: _Level,
    basis: str,
    context: Context,
) -> Iterator[Indicator]:
    text = item.text
    name = clean_name(name_cell.text)
    description = _said(text(Role.DESCRIPTION)) or _said(text(Role.NOTE))
    for area, raw in item.values or [("", "")]:
        yield Indicator(
            name=name,
            value=parse_value(
                _value_text(raw),
                name=_with_measure(name, name_cell.text),
                description=description,
                level1=level.level1_raw,
                level2=level.level2_raw,
                sign=fold(text(Role.SIGN)),
                measure=squeeze(text(Role.MEASURE)),
                year=context.year,
                scanned=context.scanned,
            ),
            level1=level.level1,
            level2=level.level2,
            level1_raw=level.level1_raw,
            level2_raw=level.level2_raw,
            description=description,
            basis=basis,
            weight=_weight(text(Role.WEIGHT)),
            actual=_joined(text(Role.ACTUAL)),
            area=area,
            grades=item.grades,
            source=Source(context.file, item.row.place, name_cell.number),
        )


def _said(text: str) -> str:
    """The text of a cell, "" where it only says that there is none."""
    text = _joined(text)
    return "" if text in _NOTHING else text


def _weight(text: str) -> float | None:
    match = _POINTS.fullmatch(squeeze(text)) if text else None
    return float(match.group(1)) if match else None
