"""指标值: from a printed cell and its row to the Value record, and back to a text for people.

The patterns are those met in public disclosures: signs in the cell, beside it or in words,
ranges, rates, measures in the value, in a column of their own or in the name, deadlines in many
forms, Excel day numbers, words, template rests and scan damage. A damaged number is never
guessed: it stays null and the value is marked unreadable.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.cells import LONGEST_CELL, Cell, Shape, is_scan_damage, scan
from corpus.deadlines import (
    about_time,
    find_deadline,
    is_bare_month,
    may_name_time,
    names_duration,
    serial_date,
)
from corpus.measures import about_money, canonical, is_bare
from corpus.records import MeasureFrom, Operator, Value, ValueKind
from corpus.signs import sign_of
from text.normalise import fold, squeeze
from text.units import half_width, is_measure, printed_measure

UNREADABLE = "\ufdd0"
"""At the end of a value cell: a reader says that what stands there is no number, whatever it looks
like. A noncharacter, which no document holds; it is not kept."""

_BREAK = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_NAME_UNIT = re.compile(
    r"[(（\[]\s*(?:单位[:：])?(?:[≥≤=><≧≦]|>=|<=)?[*×xX_]*([^()（）\[\]]{1,10})[)）\]]\s*$"
)
_NAME_TAIL_UNIT = re.compile(r"([%‰])$")
_PLAIN_SIGNS = frozenset("≥≤=><±")
_BLANK_MEASURE = frozenset(("", "/", "-", "—", "——", "无", "--", "\\", "定性"))
_MULTIPLIERS = frozenset(("万", "亿", "千万", "百万"))
_LARGEST_SHARE = 200  # percent, of what grows
_BARE_NUMBER = re.compile(r"[0-9][0-9,]*")
_SHARE = re.compile(r"率|满意度|知晓度|比例|占比|比重|覆盖面")
_GROWTH = re.compile(
    r"增长|提升|下降|降低|增加|增幅|提高|上升|倍|超额|收益|回报|产出|投资|复种|负荷"
)
_TWO_BEFORE_NUMBER = re.compile(r"2(?P<rest>[1-9][0-9]*(?:\.[0-9]+)?)(?![0-9,])")
_FIVE_BEFORE_NUMBER = re.compile(r"5[1-9][0-9](?![0-9,.])")
_TERMS = frozenset("小时 个小时 天 日 个工作日 工作日 分钟".split())
_HIGH_SHARE = 50.0  # %
_LOST_SIGN = 2
_MAYBE_SIGN = re.compile(r"[25][1-9]|\.")
_PUNCTUATION = re.compile(r"[^\w\u4e00-\u9fff%‰]+|_+")
_GENERIC_END = re.compile(r"(?:指标率|指标|率)$")


def parse_value(
    raw: str,
    *,
    name: str = "",
    description: str = "",
    level1: str = "",
    level2: str = "",
    sign: str = "",
    measure: str = "",
    year: int | None = None,
    scanned: bool = False,
) -> Value:
    """Read a target value.

    `raw` is the cell as printed; `sign` and `measure` are the texts of separate sign and unit
    columns, "" where the table has none; name, description and level words of the row tell
    deadlines from durations, shares from counts, and echoes. `year` is the budget year, used only
    to judge Excel day numbers. `scanned` says that the document shows scan damage elsewhere
    (see `shows_scan_damage`): then a 2 before a number may be a misread ≥ and is not trusted.
    Any text gives a value; nothing is raised.
    """
    printed = raw.strip() if raw.isprintable() else _BREAK.sub("", raw).strip()
    if printed.endswith(UNREADABLE):
        return Value(printed.rstrip(UNREADABLE), ValueKind.NUMERIC, unreadable=True)
    alone = _told_alone(printed) if len(printed) <= LONGEST_CELL else None
    if alone is not None and (
        alone.number is None or not (measure or (sign and not alone.operator))
    ):
        return alone
    cell = scan(printed)
    unit = _column_measure(measure, cell)
    deadline = _deadline(cell, name, level2, unit, year)
    if deadline is not None:
        operator = _leading_sign(cell) or sign_of(sign)
        return Value(raw=printed, kind=ValueKind.DEADLINE, operator=operator, deadline=deadline)
    if cell.shape is Shape.WORDS:
        echo = _is_echo(printed, (name, description, level1, level2))
        return Value(raw=printed, kind=ValueKind.QUALITATIVE, echo=echo)
    operator = cell.operator or (sign_of(sign) if sign else Operator.NONE)
    shown, origin = _measure(cell, unit, name)
    if not operator and _is_misread(cell, shown, name, scanned):
        return Value(raw=printed, kind=ValueKind.NUMERIC, unreadable=True)
    money = is_bare(shown) and about_money(name, level2)
    return _numeric(printed, cell, operator, (shown, origin), money)


@lru_cache(maxsize=32768)  # few texts make most cells
def _told_alone(printed: str) -> Value | None:
    """The value of a cell that tells all by itself, whatever its row says; None for any other.

    One with a number has no time, a measure of its own, and is not doubted in any row; only a
    sign or a measure in a column of its own may add to it.
    """
    cell = scan(printed)
    if cell.shape is Shape.EMPTY:
        return _empty(printed, cell)
    if cell.shape is Shape.DAMAGED:
        kind = ValueKind.EMPTY if cell.operator else ValueKind.NUMERIC
        return Value(raw=printed, kind=kind, unreadable=True)
    if cell.shape is Shape.WORDS or not cell.measure or is_bare(cell.measure):
        return None
    if cell.measure in _MULTIPLIERS or _may_name_time(cell):
        return None
    if not cell.operator and _may_be_misread(cell, cell.measure):
        return None
    return _numeric(printed, cell, cell.operator, (cell.measure, MeasureFrom.VALUE))


def _numeric(
    printed: str,
    cell: Cell,
    operator: Operator,
    measure: tuple[str, MeasureFrom],
    money: bool = False,
) -> Value:
    shown, origin = measure
    number, folded = canonical(cell.number, shown, per=cell.per, money=money)
    return Value(
        raw=printed,
        kind=ValueKind.NUMERIC,
        operator=operator,
        number=cell.number,
        number_high=cell.high,
        measure=shown,
        measure_from=origin,
        canonical_number=number,
        canonical_measure=folded,
    )


def value_text(value: Value) -> str:
    """The value as a person reads it.

    The raw cell when it says all; else sign and measure of the other columns (or of the name)
    are put where they belong: 50000 with ≥ and 人 → ≥50000人. An Excel day number becomes its date.
    """
    raw = value.raw
    if value.unreadable or value.kind in (ValueKind.QUALITATIVE, ValueKind.EMPTY):
        return raw
    printed_here = value.measure_from not in (MeasureFrom.COLUMN, MeasureFrom.NAME)
    if (
        value.kind is ValueKind.NUMERIC
        and printed_here
        and (not value.operator or (raw[:1] in _PLAIN_SIGNS and raw[1:2].isdigit()))
    ):
        return raw
    cell = scan(raw)
    if value.kind is ValueKind.DEADLINE:
        if value.deadline and _BARE_NUMBER.fullmatch(cell.plain) and serial_of(cell):
            raw = value.operator + value.deadline
        elif value.operator and not _leading_sign(cell):
            raw = value.operator + raw
        return raw
    sign = value.operator if value.operator and not cell.operator else ""
    unit = ""
    if value.measure_from in (MeasureFrom.COLUMN, MeasureFrom.NAME):
        unit = value.measure.removeprefix(cell.measure)
    if not sign and not unit:
        return raw
    text = cell.text
    at = 0 if cell.per else cell.start  # ≥每万人12张, but 全年≥48期
    return text[:at] + sign + text[at : cell.end] + unit + text[cell.end :]


def shows_scan_damage(values: Iterable[Value]) -> bool:
    """Whether any value of a document shows what only a bad scan leaves (1O00人次, 二95%, 290%).

    A layout that finds it reads the values again with `scanned=True`.
    """
    return any(
        value.unreadable and (is_scan_damage(value.raw) or _is_shown_two(value.raw))
        for value in values
    )


def _is_shown_two(raw: str) -> bool:
    return _TWO_BEFORE_NUMBER.match(half_width(squeeze(raw))) is not None


def serial_of(cell: Cell, year: int | None = None) -> str:
    """Date behind a cell that is one bare Excel day number, else ""."""
    if cell.number is None or cell.high is not None or cell.measure:
        return ""
    return serial_date(cell.number, year) if _BARE_NUMBER.fullmatch(cell.plain) else ""


def _empty(printed: str, cell: Cell) -> Value:
    return Value(
        raw=printed,
        kind=ValueKind.EMPTY,
        operator=cell.operator,
        measure=cell.measure,
        measure_from=MeasureFrom.VALUE if cell.measure else MeasureFrom.NONE,
    )


def _leading_sign(cell: Cell) -> Operator:
    """Sign at the beginning of a cell: the one that belongs to a date."""
    head = cell.text[: len(cell.text) - len(cell.plain)]
    return sign_of(head) if head else Operator.NONE


@lru_cache(maxsize=4096)
def _clean_column(measure: str) -> str:
    text = printed_measure(measure)
    if text[:1] in "(（" and text[-1:] in ")）":
        text = text[1:-1]
    text = text.removeprefix("单位:").removeprefix("单位：")
    if text in _BLANK_MEASURE or any(char.isdigit() for char in text) or sign_of(text):
        return ""
    return text


def _column_measure(measure: str, cell: Cell) -> str:
    """Measure of the unit column; "" when it is blank, holds no unit, or repeats the value."""
    text = _clean_column(measure) if measure else ""
    return "" if text == cell.text else text


def _deadline(cell: Cell, name: str, level2: str, unit: str, year: int | None) -> str | None:
    """Normalised deadline, or None when the cell names no time."""
    if not _may_name_time(cell):
        return None
    bare_number = _BARE_NUMBER.fullmatch(cell.plain) is not None
    if unit and bare_number and cell.shape is Shape.NUMBER:
        return None
    if is_bare_month(cell.plain):
        at_least = cell.operator in (Operator.AT_LEAST, Operator.MORE)
        if at_least or names_duration(name):
            return None
    in_time_row = about_time(name, level2)
    rate_row = _SHARE.search(name) is not None
    if in_time_row and not rate_row and not unit:
        serial = serial_of(cell, year)
        if serial:
            return serial
    return find_deadline(cell.plain, in_time_row, rate_row)


def _may_name_time(cell: Cell) -> bool:
    return _BARE_NUMBER.fullmatch(cell.plain) is not None or may_name_time(cell.plain)


def _may_be_misread(cell: Cell, measure: str) -> bool:
    """Whether there is a row in which `_is_misread` holds."""
    if cell.number is None or "," in cell.plain:
        return False
    if cell.high is not None:
        return measure == "%" and cell.number == _LOST_SIGN
    large = measure.startswith("%") and cell.number > _LARGEST_SHARE
    return large or _MAYBE_SIGN.match(cell.plain) is not None


def _is_misread(cell: Cell, measure: str, name: str, scanned: bool) -> bool:
    """Whether a number without sign cannot be what the paper said: 290% for a rate, 10215%."""
    if cell.number is None or not _may_be_misread(cell, measure):
        return False
    if cell.high is not None:  # 2-95%: what is left of ≥95%
        return cell.high >= _HIGH_SHARE
    if measure == "%" and cell.plain.startswith("."):
        return True
    if scanned and _FIVE_BEFORE_NUMBER.match(cell.plain) and measure in _TERMS:
        return True  # 524小时: ≤24小时
    two = _TWO_BEFORE_NUMBER.match(cell.plain)
    if scanned and two:
        return True
    if not measure.startswith("%"):
        return False
    if cell.number >= 10000:
        return True
    if not _SHARE.search(name) or _GROWTH.search(name):
        return False
    return cell.number >= 1000 or (
        cell.number > _LARGEST_SHARE and two is not None and float(two["rest"]) <= 100
    )


def _name_measure(name: str) -> str:
    """Measure printed at the end of a name: 保障人数（人）, 造林成活率(%), 补助面积（≥**亩）."""
    found = _NAME_UNIT.search(name)
    if found and is_measure(found[1]):
        return printed_measure(found[1])
    tail = _NAME_TAIL_UNIT.search(half_width(name.rstrip()))
    return tail[1] if tail else ""


def _measure(cell: Cell, unit: str, name: str) -> tuple[str, MeasureFrom]:
    """Measure and where it was printed: the value first, then the column, then the name."""
    own = cell.measure
    if own and not (own in _MULTIPLIERS and unit):
        return own, MeasureFrom.BOTH if unit else MeasureFrom.VALUE
    if unit:
        return (unit if unit.startswith(own) else own + unit), MeasureFrom.COLUMN
    in_name = _name_measure(name) if name else ""
    return (in_name, MeasureFrom.NAME) if in_name else ("", MeasureFrom.NONE)


@lru_cache(maxsize=16384)
def _echo_form(text: str) -> str:
    """Text for finding echoes: no unit in brackets, no punctuation, no 的."""
    found = _NAME_UNIT.search(text)
    kept = text[: found.start()] if found else text
    return _PUNCTUATION.sub("", fold(kept)).replace("的", "")


def _is_echo(raw: str, texts: tuple[str, ...]) -> bool:
    """Whether the words repeat the name, the description or a level word of the row."""
    form = _echo_form(raw)
    if not form:
        return False
    if any(form == _echo_form(text) for text in texts[:2] if text):
        return True
    core = _GENERIC_END.sub("", form)
    return any(core == _GENERIC_END.sub("", _echo_form(text)) for text in texts[2:] if text)
