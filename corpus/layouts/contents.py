"""What sort of text a cell holds: sign, number, measure, words."""

import re
from enum import StrEnum
from functools import lru_cache

from text.normalise import fold
from text.units import is_measure, leading_measure

_SIGNS = re.compile(
    r"^(≥|≤|=|>|<|>=|<=|≧|≦|═|±|⩾|⩽|(?:定性|定量)(?:指标)?|等于|大于等于|小于等于|大于|小于)$"
)
_LONGEST_SIGN = 4
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DIRECTIONS = re.compile(r"^(正向|反向|负向|中性)(指标)?$")
_NUMBER = re.compile(r"^[≥≤=><±]*=?[-+]?[\d,]+(\.\d+)?(%|‰)?$")
_SIGNED = re.compile(
    r"^(≥|≤|=|>|<|≧|≦|±|⩾|⩽|不少于|不低于|不超过|不高于|大于|小于|达到|至少)[\d,.]"
)
_PLAIN = re.compile(r"^[\d,]+(\.\d+)?(?:[-~至—][\d,]+(\.\d+)?)?")
_DATE = re.compile(
    r"^(?:20\d\d[年/.-])?(?:全年|[上下]半年|[年月][底末初]|[底末初]|度|第?[1-4一二三四]季度"
    r"|\d{1,2}(?:[-~至]\d{1,2})?(?:[/.-]\d{1,2}|月(?:\d{1,2}[日号]?|份|[底末初]|[上中下]旬)*))*"
    r"(?:之?前|以前|内|止)?(?:按[时期]|全部|全面)?[\u4e00-\u9fff]{0,4}$"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LONGEST_VALUE = 24
_REST = re.compile(  # behind a number and its measure
    r"(?:[及或(]?含?\)?(?:以[上下内里]|之内|左右|上下|内|前))?(?:[\u4e00-\u9fff]|完成|达标|到位|合格)?"
)


class Content(StrEnum):
    """What sort of text a cell holds, as far as its column is concerned."""

    BLANK = "blank"
    SIGN = "sign"
    DIRECTION = "direction"
    NUMBER = "number"
    MEASURED = "number with measure"
    MEASURE = "measure"
    WORDS = "words"


@lru_cache(maxsize=65536)
def content_of(text: str) -> Content:
    """Classify one cell by its own text."""
    if len(text) > _LONGEST_SIGN and _HAN.fullmatch(text):  # most cells: no sign, no number
        return Content.MEASURE if is_measure(text) else Content.WORDS
    word = fold(text.lstrip(_CIRCLED))
    if not word:
        return Content.BLANK
    if len(word) <= _LONGEST_SIGN:
        if _SIGNS.match(word):
            return Content.SIGN
        if _DIRECTIONS.match(word):
            return Content.DIRECTION
    if _NUMBER.match(word):
        return Content.NUMBER if word[-1] not in "%‰" else Content.MEASURED
    if _is_measured(word):
        return Content.MEASURED
    if is_measure(word[1:-1] if word[0] == "(" and word[-1] == ")" else word):
        return Content.MEASURE
    return Content.WORDS


def _is_measured(word: str) -> bool:
    """Is this a number with its measure, or a date, and no name that begins with a number?

    2026年10月底前 is one, 2026年新建公厕数量 and 110接警处置数 are none.
    """
    if len(word) > _LONGEST_VALUE:
        return False
    number = _PLAIN.match(word)
    if number is None:
        return _SIGNED.match(word) is not None
    rest = word[number.end() :]
    measure = leading_measure(rest)
    plain = _REST.fullmatch(rest, len(measure)) is not None
    return plain or _DATE.match(word) is not None
