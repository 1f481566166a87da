"""The value at the end of a text that runs from an indicator's name into it."""

import re

from text.units import half_width, leading_measure

_SIGN = (
    r"(?:>=|<=|[≥≤=><≧≦＝±]|不少于|不低于|不超过|不高于|不多于|不小于|不大于|至少|大于等于|小于等于"
    r"|大于|小于|超过|低于|高于|达到)"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_START = re.compile(rf"(?<!\d)(?<!\d[.,])(?:{_SIGN}\s*)?{_NUMBER}\s*")
_AFTER = re.compile(r"(?:以上|以下|以内|左右|内|之内|及以上)?$")
_TO = re.compile(rf"\s*[-~～至—]\s*{_NUMBER}\s*")
_DATE = re.compile(
    r"(?:(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|初|末|[上中下]旬)?|年底|年末|年内|[上下]半年|第?[一二三四]季度末?)"
    r"(?:之?前|以前|底前)?(?:完成|到位)?|20\d\d年(?:底|末)?(?:前|内)?"
    r"|每(?:年|半年|季度?|月|周|日|天)(?:\d{1,2}[日号])?(?:底|末|初)?前?)$"
)
_WORDS = re.compile(
    r"(?:(?:稳步|持续|明显|有效|显著|逐步|不断|进一步|基本|较为|全面|大幅|有所|长期|效果|切实|按时|按期|如期|及时)"
    r"(?:提高|提升|增强|改善|保障|完善|优化|规范|健全|增加|减少|降低|下降|促进|推进|加强|明显|显著|稳定|完成|巩固|扩大|到位|完工|竣工|建成|交付|发放|拨付|支付|上报)"
    r"|(?:健全|规范|良好|优良|优秀|合格|达标|及时|长期|稳定|安全|完善|提升|提高|改善|增强|全覆盖|不发生|有所提升))$"
)


def split_value(text: str) -> tuple[str, str]:
    """Part a text into a name and the value at its end; the value is "" where there is none.

    The longest ending that is a number with its sign and measure, a date, or one of the
    approving words that stand for a value.
    """
    match = _DATE.search(text)
    start = match.start() if match else _numeric_start(text)
    if start is None and (match := _WORDS.search(text)):
        start = match.start()
    return (text, "") if start is None else (text[:start], text[start:])


def _numeric_start(text: str) -> int | None:
    """Where a number begins that goes on to the end of the text with its measure."""
    for match in _START.finditer(text):
        end = _after_measure(text, match.end())
        upper = _TO.match(text, end)
        if upper:
            end = _after_measure(text, upper.end())
        if _AFTER.match(text, end):
            return match.start()
    return None


def _after_measure(text: str, position: int) -> int:
    """The end of the measure that begins here, in brackets or not."""
    bracket = position < len(text) and text[position] in "(（"
    measure = leading_measure(half_width(text[position + bracket :]))
    end = position + bracket + len(measure)
    if not measure or (bracket and text[end : end + 1] not in (")", "）")):
        return position
    return end + bracket
