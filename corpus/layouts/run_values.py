"""Values inside running text: numbers with sign and measure, dates, words that stand for one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from text.units import half_width, is_measure, leading_measure

_SIGN = (
    r"(?:>=|<=|[≥≤=><≧≦＝＞＜±]|不少于|不低于|不得?超过|不高于|不多于|不小于|不大于|不突破"
    r"|至少|大于等于|小于等于|大于|小于|超过|低于|高于|达到(?:目标值)?|控制在)"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_START = re.compile(rf"(?<![\dA-Za-z])(?<!\d[.,])(?:{_SIGN}\s*)?{_NUMBER}\s*")
_AFTER = re.compile(r"%?(?:以上|以下|以内|左右|内|之内|及以上)?")
_TO = re.compile(rf"\s*[-~～至—]\s*{_NUMBER}\s*")
_DATE = (
    r"(?:[≥≤=<>]?(?:20\d\d年度?)?(?:\d{1,2}月(?:\d{1,2}日|底|初|末|[上中下]旬|份)?|年底|年末|年内|[上下]半年"
    r"|第?[一二三四]季度末?)"
    r"(?:之?前|以前|底前)?(?:完成|到位|完工|竣工)?"
    r"|20\d\d年度?(?:底|末|内)?(?:之?前|完成|内)?"
    r"|20\d\d[-./]\d{1,2}[-./]\d{1,2}(?:之?前)?"
    r"|每(?:年|半年|季度?|月|周|日|天)(?:\d{1,2}[日号])?(?:底|末|初)?前?)"
)
_DATES = rf"{_DATE}(?:[、和及至]{_DATE})*"
_HOW = (
    "稳步|持续|明显|有效|显著|逐步|不断|进一步|基本|较为|全面|大幅|有所|长期|效果|切实|按时|按期|如期|及时"
    "|得到|充分|更加|稳定|成效|作用|影响"
)
_WHAT = (
    "提高|提升|增强|改善|保障|完善|优化|规范|健全|增加|减少|降低|下降|促进|推进|加强|明显|显著|稳定|完成"
    "|巩固|扩大|到位|完工|竣工|建成|交付|发放|拨付|支付|上报|向好|良好|实现|满足|运行|发展|可控"
    "|掌握|提供|落实|执行|缓解|解决|维护|支撑|发挥|控制|运转|开展|推动|带动|化解|遏制|消除|改进"
)
_ALONE = (
    "健全|规范|良好|优良|优秀|合格|达标|及时|长期|稳定|安全|完善|提升|提高|改善|增强|全覆盖|不发生"
    "|有所提升|较高|较强|较好|稳中有升|中长期|长效|不受影响|无(?:明显)?(?:影响|破坏|污染)|零事故|零发生"
)
_PHRASES = (
    r"(?:达到|符合|满足|按照?|依照?)[\u4e00-\u9fff]{2,12}?(?:要求|标准|规范|规定|水平|需求)+"
    r"(?:完成|执行|办理|发放|落实)?"
)
_WORDS = rf"(?:(?:{_HOW})*(?:{_HOW}|{_WHAT})(?:{_WHAT})|{_PHRASES}|(?:{_ALONE}))"
_DATE_END = re.compile(rf"{_DATES}$")
_WORDS_END = re.compile(rf"{_WORDS}$")
_DATE_SPAN = re.compile(_DATES)
_WORDS_SPAN = re.compile(_WORDS)
_SIGNED = re.compile(rf"{_SIGN}|定性|定量|正向指标|反向指标|正向|反向")
_DIGITS = re.compile(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?")
_MARKS = re.compile(r"指标\d+[:：.、]|[★☆]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOUBLED_RATE = re.compile(r"(?<=/.)每(?![年月日天周季次学])")  # 元/人每人补贴: a new text
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


def cuts_of(text: str, *, digits: bool, split: bool) -> set[int]:
    """Places where a cell may begin or end inside text that nothing parts.

    `digits`: also inside runs of digits (points and scores stand right beside numbers).
    `split`: also between sign, number and measure.
    """
    dates = [m.span() for m in _DATE_SPAN.finditer(text)]
    no_measure = {start for start, _ in dates}  # 完成时间2026年: no 间
    places: set[int] = set()
    for start, end in (*number_spans(text), *(m.span() for m in _found(text))):
        places |= {start, end}
    for match in _DIGITS.finditer(text) if digits or split else ():
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
    for match in _SIGNED.finditer(text):
        places.add(match.start())
        if split:
            places |= {match.end(), match.start() - _measure_before(text, match.start())}
    places |= {m.start() for m in _MARKS.finditer(text)}
    for start, end in dates:
        glued = digits and text[start - 1 : start + 2].isdigit()  # 108月25日: 10 and 8月25日
        places -= set(range(start + 1 + glued, end))
    return {p for p in places if 0 < p < len(text)}


def _found(text: str) -> Iterator[re.Match[str]]:
    yield from _DATE_SPAN.finditer(text)
    yield from _WORDS_SPAN.finditer(text)


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
