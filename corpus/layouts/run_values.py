"""Values inside running text: numbers with sign and measure, dates, words that stand for one."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.layouts.run_words import DATES, PHRASES, WORDS
from text.units import half_width, is_measure, leading_measure

_SIGN = (
    r"(?:>=|<=|[≥≤=><≧≦＝＞＜±]|不少于|不低于|不得?超过|不高于|不多于|不小于|不大于|不突破"
    r"|至少|大于等于|小于等于|大于|小于|超过|低于|高于|达到(?:目标值)?|控制在)"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_EACH = r"(?:每(?:年|半年|季度?|月|周|日|天)|全年(?=\s*[^\d\s]))"
_START = re.compile(rf"(?<![\dA-Za-z])(?<!\d[.,])(?:{_EACH}\s*)?(?:{_SIGN}\s*)?{_NUMBER}\s*")
_AFTER = re.compile(r"%?(?:以上|以下|以内|左右|内|之内|及以上)?")
_TO = re.compile(rf"\s*[-~～至—]\s*{_NUMBER}\s*")
_DATE_END = re.compile(rf"{DATES}$")
_WORDS_END = re.compile(rf"{WORDS}$")
_DATE_SPAN = re.compile(DATES)
_WORDS_SPAN = re.compile(WORDS)
_PHRASE_SPAN = re.compile(PHRASES)
_DOUBLED_WORDS = re.compile(r"([\u4e00-\u9fff]{2,12})\1")
_SIGNED = re.compile(rf"{_SIGN}|定性|定量|正向指标|反向指标|正向|反向")
_DIGITS = re.compile(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?")
_MARKS = re.compile(r"指标\d+[:：.、]|(?:(?<=[\d%])|^)指标\d{1,2}(?=[\u4e00-\u9fff]{2})|[★☆]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOUBLED_RATE = re.compile(r"(?<=/.)每(?![年月日天周季次学])")  # 元/人每人补贴: a new text
_MISREAD_DIGIT = re.compile(r"(?<=[\dOoIl])[OoIl](?![A-Za-z])")  # 30O00: no cut before O
_TAIL_MEASURE = 8
_LONG_RUN = 12
_LONGEST_ENDING = 240


def split_value(text: str) -> tuple[str, str]:
    """Part a text into a name and the value at its end; the value is "" where there is none.

    The longest ending that is a number with its sign and measure, a date, or one of the
    approving words that stand for a value.
    """
    if len(text) > _LONGEST_ENDING:  # what stands before it cannot be part of the value
        name, value = split_value(text[-_LONGEST_ENDING:])
        return text[:-_LONGEST_ENDING] + name, value
    match = _DATE_END.search(text)
    start = match.start() if match else _numeric_start(text)
    if start is None and (match := _WORDS_END.search(text)):
        start = match.start()
    return (text, "") if start is None else (text[:start], text[start:])


def _numeric_start(text: str) -> int | None:
    """Where a number begins that goes on to the end of the text with its measure."""
    for start, end in number_spans(text):
        if end == len(text):
            return start
    return None


def number_spans(text: str) -> Iterator[tuple[int, int]]:
    """Every number with its sign, measure and 以上 or 以内; ranges are one."""
    for match in _START.finditer(text):
        yield match.start(), _number_end(text, match.end())


def _number_end(text: str, position: int) -> int:
    """Where a number ends with all that belongs to it, whose digits end here."""
    end = _after_measure(text, position)
    upper = _TO.match(text, end)
    if upper:
        end = _after_measure(text, upper.end())
    after = _AFTER.match(text, end)
    return after.end() if after else end


@lru_cache(maxsize=65536)
def is_certain_value(text: str) -> bool:
    """Is the whole text a number with sign and measure, or a date?"""
    number = _START.match(text)
    if number and _number_end(text, number.end()) == len(text):
        return True
    return _DATE_SPAN.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def is_approving(text: str) -> bool:
    """Is the whole text a phrase that stands for a value (进一步扩大, 达到养护规范要求)?"""
    return _WORDS_SPAN.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def cuts_of(text: str, *, digits: bool, split: bool) -> frozenset[int]:
    """Places where a cell may begin or end inside text that nothing parts.

    `digits`: also inside runs of digits (points and scores stand right beside numbers).
    `split`: also between sign, number and measure.
    """
    dates = [m.span() for m in _DATE_SPAN.finditer(text)]
    marks = [m.span() for m in _MARKS.finditer(text)]
    places: set[int] = set()
    for start, end in (*number_spans(text), *_found(text, dates)):
        if not any(first < start < last for first, last in marks):
            misread = start > 1 and text[start - 1] == "二"  # 二90%: = in a bad scan
            places |= {start - misread, end}
    if digits or split:
        places |= _cuts_at_digits(text, dates, digits=digits, split=split)
    for match in _SIGNED.finditer(text):
        places.add(match.start())
        if split:
            places |= {match.end(), match.start() - _measure_before(text, match.start())}
    for first, last in marks:
        places = {p for p in places if not first < p < last} | {first}
    for start, end in dates:
        glued = digits and text[start - 1 : start + 2].isdigit()  # 108月25日: 10 and 8月25日
        places -= set(range(start + 1 + glued, end))
    places -= {m.start() for m in _MISREAD_DIGIT.finditer(text)}
    return frozenset(p for p in places if 0 < p < len(text))


def _cuts_at_digits(
    text: str, dates: Sequence[tuple[int, int]], *, digits: bool, split: bool
) -> set[int]:
    no_measure = {start for start, _ in dates}  # 完成时间2026年: no 间
    places: set[int] = set()
    for match in _DIGITS.finditer(text):
        if split:
            places |= {match.start(), match.end()}
            if match.start() not in no_measure:
                places.add(match.start() - _measure_before(text, match.start()))
        grouped = _THOUSANDS.match(match.group())
        if digits and grouped:
            places.add(match.start() + grouped.end())
        elif digits:
            inside = range(match.start() + 1, min(match.end(), match.start() + _LONG_RUN))
            places |= {p for p in inside if text[p - 1 : p + 1].isdigit()}
            places.add(match.end())  # 1515组织培训: 组 is a measure too
    return places


def _found(text: str, dates: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Every date, and every phrase that stands for a value."""
    yield from dates
    yield from (match.span() for match in _PHRASE_SPAN.finditer(text))
    last = 0
    for match in _DOUBLED_WORDS.finditer(text):  # target and result are alike
        if _WORDS_SPAN.fullmatch(match[1]):
            words = list(_words_in(text, last, match.end(1)))
            yield from words
            if not words or words[-1][1] != match.end(1):
                yield match.span(1)
            last = match.end()
    yield from _words_in(text, last, len(text))


def _words_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _WORDS_SPAN.finditer(text, start, end))


def _measure_before(text: str, position: int) -> int:
    """How long the measure is that ends here (购置课桌椅套=450: 套), or 0."""
    for length in range(min(_TAIL_MEASURE, position), 0, -1):
        if is_measure(text[position - length : position]):
            return length
    return 0


def _after_measure(text: str, position: int) -> int:
    """The end of the measure that begins here, in brackets or not."""
    bracket = position < len(text) and text[position] in "(（"
    measure = leading_measure(half_width(text[position + bracket :]))
    end = position + bracket + len(measure)
    if not measure or (bracket and text[end : end + 1] not in (")", "）")):
        return position
    doubled = _DOUBLED_RATE.search(text, position, end)
    return doubled.start() if doubled else end + bracket
