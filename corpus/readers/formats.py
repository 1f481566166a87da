"""Numbers of spreadsheets as their format shows them (ECMA-376, part 1, 18.8.30 and 18.8.31).

What a person reads is the number as shown: 0.95 in a cell of format `0%` is 95%, and a format
`"≥"0"人"` prints a sign and a unit that no cell holds.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分",
    33: "h时mm分ss秒", 34: "yyyy年m月", 35: "m月d日", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "0.0E+0",
    49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日",
    55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""Formats that files name by number only, those of Chinese Excel included."""

_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(.)', re.DOTALL)
_FIRST_SECTION = re.compile(r'(?:"[^"]*"?|\\.|[^;"])*', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_SERIAL_LIMIT = 2_958_466  # the day after 9999-12-31
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LONGEST_LITERAL = 12


class _Format(NamedTuple):
    """What matters of one section of a format."""

    before: str
    core: str
    after: str
    date: str  # which of y, m, d, h it shows; "" when it is no date


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as its format code shows it, as far as percent, dates, decimals and words go."""
    if code in ("", GENERAL, "@"):
        return plain_number(value)
    form = _parsed(code)
    if form.date:
        return _date(value, form.date, since_1904) or plain_number(value)
    if form.core.lower() == "general":
        return f"{form.before}{plain_number(value)}{form.after}"
    if not re.search("[0#?]", form.core) or "E" in form.core.upper() or "/" in form.core:
        return plain_number(value)
    return f"{form.before}{_decimals(value, form.core)}{form.after}"


def plain_number(value: float) -> str:
    """A number without the traces of binary fractions: 0.30000000000000004 → 0.3."""
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"


def shown_date(value: datetime.date) -> str:
    """A date as this product writes all dates of cells."""
    return f"{value.year}年{value.month}月{value.day}日"


def _decimals(value: float, core: str) -> str:
    places = re.search(r"\.([0#?]+)", core)
    fixed = places.group(1).count("0") if places else 0
    comma = "," if re.search(r"[0#?],[0#?]", core) else ""
    if "%" in core:
        return f"{value * 100:{comma}.{fixed}f}%"
    if fixed:
        return f"{value:{comma}.{fixed}f}"
    return _grouped(plain_number(value)) if comma else plain_number(value)


def _grouped(digits: str) -> str:
    """The digits of a number with commas between thousands."""
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() else digits


def _date(value: float, parts: str, since_1904: bool) -> str:
    if not 0 <= value < _SERIAL_LIMIT:
        return ""
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    when = epoch + datetime.timedelta(days=value)
    if parts == "h":
        when += datetime.timedelta(seconds=0.5)
        return f"{when.hour}:{when.minute:02d}"
    if "d" not in parts and "m" in parts:
        return f"{when.year}年{when.month}月"
    return shown_date(when) if "y" in parts else f"{when.month}月{when.day}日"


@lru_cache(maxsize=1000)
def _parsed(code: str) -> _Format:
    section = _FIRST_SECTION.match(code[:255]).group()  # type: ignore[union-attr]  # may be empty
    if _ELAPSED.search(section):
        return _Format("", "", "", "")
    before = core = after = ""
    for quoted, escaped, currency, plain in _TOKEN.findall(section):
        literal = quoted or escaped or currency
        if plain and (plain in "0#?.,%/@" or (plain.isascii() and plain.isalpha())):
            core, after = core + plain, ""
        elif core:
            after += literal or plain
        else:
            before += literal or plain
    date = _date_parts(core)
    before, after = before.strip(), after.strip()
    if max(len(before), len(after)) > _LONGEST_LITERAL:
        before = after = ""
    return _Format(before, core, after, date)


def _date_parts(core: str) -> str:
    letters = re.sub("general|am/pm|a/p|e\\+", "", core.lower())
    if re.search("[0#?]", letters):
        return ""
    day = "".join(part for part in "yd" if part in letters)
    if "m" in letters and (day or ("h" not in letters and "s" not in letters)):
        day += "m"
    return day or ("h" if "h" in letters or "s" in letters else "")
