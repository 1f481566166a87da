"""Numbers with their measure in running text, found before any word segmentation.

播出240期 → 240 期; 粉丝量17.8万 → 17.8 万; 90%以上 → 90 %. A year (2023年), a date (6月底),
a list number (1.), an ordinal (第3期, 前3名) and a digit of a name (H5, 二级,
《百度24小时排行》) are no quantities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from text.units import (
    MEASURE_CHARACTER,
    MEASURE_START,
    half_width,
    leading_measure,
    printed_measure,
)

#: Longest run of digits that is taken for a number: a float keeps 15 digits.
MAX_DIGITS = 15

#: Source of a regular expression for one number in half-width text, thousands grouped or not.
NUMBER = r"(?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?!\.?[0-9])"
#: Source of a regular expression for what joins the ends of a range.
TO = r"(?:-{1,2}|~|—{1,2}|–|～|至|到)"

_AMOUNT = re.compile(
    rf"(?<![0-9A-Za-z.*×+第])(?<![0-9][, ¦])(?P<low>{NUMBER})"
    rf"(?:{MEASURE_CHARACTER}{{0,8}}{TO}(?P<high>{NUMBER}))?"
)
_LONGEST_GAP = 2  # blanks between a number and its measure
_AFTER = ("以上", "以内", "以下", "左右")  # belongs to the number before it
_AFTER_LENGTH = 2
_YEAR = r"(?<![0-9.,])(?:19|20)[0-9]{2}"
_DATE = re.compile(
    rf"{_YEAR}[-~—–至](?:19|20)[0-9]{{2}}年度?"
    rf"|{_YEAR}(?:年度?|([-./])[0-9]{{1,2}}\1[0-9]{{1,2}}日?(?![0-9])"
    rf"|[-/](?:0?[1-9]|1[0-2])(?![0-9.]|{MEASURE_START}))"
    r"(?:(?:[-~—–至到、及和]+)(?:19|20)[0-9]{2}年度?)?"
    r"|(?<![0-9.])[0-9]{1,2}月(?:[0-9]{1,2}[日号]?|份|底|末|初|中旬|上旬|下旬)?(?![0-9A-Za-z])"
    r"|(?<=[每次下当]月)[0-9]{1,2}[日号]|(?<=[月、])[0-9]{1,2}[日号](?=前|之前|以前)"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_MAYBE_DATE = re.compile(r"[0-9][年月日号:./~—–至-]")  # what every date has
_TITLE = re.compile(r"《[^《》]{1,80}》")
_LIST_NUMBER = re.compile(r"^[0-9]{1,2}[.、](?![0-9])|(?<=[。;\n])[0-9]{1,2}[.、](?![0-9])")
_MAYBE_LIST = re.compile(r"[0-9][.、]")
_DIGIT = re.compile(r"[0-9０-９]")
_LONGEST_CACHED = 300
_ANY_NUMBER = re.compile(rf"(?<![0-9A-Za-z.])-?(?:{NUMBER})")
_BLANK_IN_NUMBER = re.compile(r"(?<=[0-9,])\s+(?=[0-9]{3}(?![0-9]))")
_HINT_FACTORS = (("亿元", 1e4), ("百万元", 1e2), ("万元", 1.0), ("千元", 0.1), ("元", 1e-4))


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """One number with its measure: `text` is `source[start:end]`, as printed.

    `high` is the upper end of a range, else None. `measure` has no white space.
    """

    number: float
    high: float | None
    measure: str
    text: str
    start: int
    end: int


def to_float(digits: str) -> float | None:
    """Value of a printed number such as 3,256.78; None when it has more digits than a float."""
    plain = digits.replace(",", "")
    if len(plain) > MAX_DIGITS + 1 or not plain:
        return None
    return float(plain)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "□" * len(found.group()), text)


def mask_dates(text: str) -> str:
    """Half-width text of the same length, with every date replaced by placeholders."""
    wide = half_width(text)
    return _blank(_DATE, wide) if _MAYBE_DATE.search(wide) else wide


def quantities(text: str) -> list[NumberSpan]:
    """Every number with a known measure, in order, with its span in `text`."""
    if not _DIGIT.search(text):
        return []
    return list(_cached(text) if len(text) <= _LONGEST_CACHED else _quantities(text))


def _quantities(text: str) -> tuple[NumberSpan, ...]:
    # In prose a full-width comma parts clauses; it must not group thousands (完成5，300人参加).
    plain = text.replace("，", "¦")
    masked = mask_dates(_blank(_TITLE, plain) if "《" in plain else plain)
    if _MAYBE_LIST.search(masked):
        masked = _blank(_LIST_NUMBER, masked)
    return tuple(_spans(text, masked))


def _spans(text: str, masked: str) -> Iterator[NumberSpan]:
    place = 0
    while found := _AMOUNT.search(masked, place):
        low, high = found["low"], found["high"]
        start, measure = _measure_behind(masked, found.end())
        if high and not measure:  # the number may stand for itself
            high = None
            start, measure = _measure_behind(masked, found.end("low"))
        if not measure:
            place = found.end("low")
            continue
        place = start + len(measure)
        measure = printed_measure(text[start:place])
        place += _AFTER_LENGTH * masked.startswith(_AFTER, place)
        first = found.start()
        number, top = to_float(low), to_float(high or "")
        ordinal = measure in ("名", "位") and masked.endswith("前", 0, first)
        if number is not None and not (high and top is None) and not ordinal:
            yield NumberSpan(number, top, measure, text[first:place], first, place)


def _measure_behind(masked: str, place: int) -> tuple[int, str]:
    """Where the measure behind a number that ends here begins, and the measure, "" for none."""
    farthest = place + _LONGEST_GAP
    while place < farthest and masked.startswith(" ", place):
        place += 1
    return place, leading_measure(masked, place)


_cached = lru_cache(maxsize=4096)(_quantities)


def _money_factor(unit: str) -> float | None:
    """万元 per unit, for a printed unit or a head such as 金额单位：万元; None when not money."""
    for name, factor in _HINT_FACTORS:
        if name in unit:
            return factor
    return None


def parse_money_wan(text: str, unit_hint: str = "") -> float | None:
    """First amount of money in `text`, in 万元; None where there is none.

    A unit beside the number wins over `unit_hint` (the head cell or the 金额单位 line; any text
    that names 元, 千元, 万元 or 亿元). With neither the amount is taken as 万元, the unit of the
    national forms.
    """
    line = half_width(text).strip()
    if len(line.split(None, 1)) > 1:
        line = _BLANK_IN_NUMBER.sub("", line)
        line = "".join(line.split()) if _ANY_NUMBER.search(line) else line
    masked = mask_dates(line)
    hint = _money_factor(half_width(unit_hint))
    for found in _ANY_NUMBER.finditer(masked):
        number = to_float(found.group().lstrip("-"))
        if number is None:
            continue
        sign = -1.0 if found.group().startswith("-") else 1.0
        factor = _unit_factor(masked[found.end() :], hint)
        if factor is not None:
            return round(sign * number * factor, 8)
    return None


def _unit_factor(rest: str, hint: float | None) -> float | None:
    """万元 per unit for what follows a number; None when it counts something else."""
    unit = leading_measure(rest.lstrip("(（"))
    if not unit:
        return 1.0 if hint is None else hint
    if unit in ("万", "亿"):
        return 1.0 if unit == "万" else 1e4
    factor = _money_factor(unit)
    return None if factor is None or "/" in unit else factor
