"""What one value cell says by itself, before its row is looked at.

`scan` reads sign, number, range and measure from the text of a cell, or says that it holds
words, nothing, or the marks of a damaged scan. Results are cached: few texts make most cells.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from corpus.frozen import frozen
from corpus.records import Operator
from corpus.signs import AFTER, AFTER_OPERATOR, SIGN, after_sign, leading_sign, sign_before, sign_of
from text.normalise import squeeze
from text.numbers import NUMBER, TO, NumberSpan, mask_dates, quantities, to_float
from text.units import (
    MEASURE_CHARACTER,
    MEASURE_START,
    half_width,
    is_measure,
    leading_measure,
    printed_measure,
)


class Shape(Enum):
    """What a cell holds."""

    EMPTY = auto()
    NUMBER = auto()
    WORDS = auto()
    DAMAGED = auto()


@frozen
class Cell:
    """One cell read by itself.

    `text` is the cell without white space; `start` and `end` are places in it: where a sign
    belongs, and where a measure printed elsewhere belongs. `plain` is half-width and without
    the leading sign. `per` is the word of 每… before the number (每亩300元 → 亩).
    """

    text: str
    plain: str
    shape: Shape
    operator: Operator = Operator.NONE
    number: float | None = None
    high: float | None = None
    measure: str = ""
    per: str = ""
    start: int = 0
    end: int = 0


_ABOUT = r"(?:约|大约|大概|近|共|共计|合计|总计|计)?"
_PER = r"(?:每(?P<per>(?:人每月|人每年|人每天|[\u4e00-\u9fff]{1,2})))?"
_STRICT = re.compile(
    rf"{_ABOUT}{_PER}{_ABOUT}(?P<low>-?(?:{NUMBER}|\.[0-9]+(?![0-9.])))"
    rf"(?:{MEASURE_CHARACTER}{{0,8}}{TO}(?P<high>{NUMBER}))?(?P<tail>.*)",
    re.DOTALL,
)
_INCLUDING = re.compile(r"\(含[^()]{0,6}\)$")
_PER_BEFORE = re.compile(r"每([\u4e00-\u9fff]{1,2})$")
_ENDING = re.compile(r"[。;,、.!:]+$")
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{1,12})[)）\]]")
_CJK = re.compile(r"[\u4e00-\u9fff]{1,4}")
# NTU, dB(A), but not the letter of a grade (5A)
_SOME_UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,4}|[A-Za-zμΩ]{2,6}(?:/[A-Za-z]{1,6})?(?:[(（][A-Za-z]{1,2}[)）])?"
)

_EMPTY = frozenset("无 暂无 空 空白 待定 待补充 待填 未定 密文 涉密 n/a na null".split())
_FILL = re.compile(r"[-—–_/\\|.。…*×xX╳?。·]*")
_TEMPLATE = re.compile(r"(?:\*+|[×╳xX]{2,}|_+)([^0-9]{0,8})")
# A number in words (十万元), and words that are as often an answer as a unit.
_NO_UNIT = re.compile(
    r"[对成级等格单标首号面线路道层字池塘圈餐桌]|家庭|职工|学生|农户|宿舍|比例|事故|[十百千]+[万亿].*|[百千]元"
)

_LOOKALIKE = "OoQIl|"
_DAMAGE = re.compile(
    "\ufffd"
    rf"|(?<![A-Za-z0-9.,])[0-9,.]*(?:[0-9][{_LOOKALIKE}]+|[{_LOOKALIKE}]+[0-9]|[Oo]\.[0-9])"
    rf"[0-9{_LOOKALIKE},.]*(?=%|$|{MEASURE_START})"
    rf"|^[\u4e00-\u9fff]?[Oo]+(?={MEASURE_START})"
    r"|^[A-Za-z]\.[0-9]|^[!□](?=[0-9])|^0[0-9]+%|[0-9][%‰]o$"
    rf"|^[?二三一之乏扁到兰土士王圣ZzSs](?=[0-9][0-9,.]*{MEASURE_CHARACTER}{{1,8}}(?:以上|以内|以下)?$)"
)
_SHEET_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|#{2,}")  # of Excel
_TWICE = re.compile(r"^([0-9]+(?:\.[0-9]+)?)%%")
_THOUSANDS_APART = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_APART = re.compile(r"[0-9.] +[0-9]")
_CLOCK = re.compile(r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_HAS_NUMBER = re.compile(r"[0-9]")
LONGEST_CELL = 300
"""A longer cell is prose, whatever numbers stand in it."""

_LONGEST_PLAIN_CLAUSE = 30
_LONGEST_TAIL = 16
_TITLE = re.compile(r"《[^《》]{1,80}》")
_LOOSE_NUMBER = re.compile(r"(?<![A-Za-z0-9.])[0-9]")
_SIGNED_END = re.compile(rf"(?P<sign>{SIGN})(?P<low>{NUMBER})(?P<after>以上|以内|以下)?[。;]?$")


def is_scan_damage(raw: str) -> bool:
    """Whether the cell by itself shows what a bad scan leaves: 1O00人次, 二95%, M.8万元."""
    text = half_width(squeeze(raw))
    _, plain = leading_sign(text)
    return _DAMAGE.search(plain) is not None


_SIMPLE_SIGN = {
    None: Operator.NONE,
    ">=": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "≥": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "=": Operator.EQUAL,
    ">": Operator.MORE,
    "<": Operator.LESS,
    "不少于": Operator.AT_LEAST,
    "不低于": Operator.AT_LEAST,
    "不超过": Operator.AT_MOST,
    "不高于": Operator.AT_MOST,
    "大于": Operator.MORE,
    "小于": Operator.LESS,
}
_SIMPLE = re.compile(
    r"(>=|<=|[≥≤=><≧≦]|不少于|不低于|不超过|不高于|大于|小于)?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,3})?)"
    r"(%|‰|[\u4e00-\u9fff]{0,6}(?:/[\u4e00-\u9fff]{1,4})?)"
)


def _scan_simple(raw: str) -> Cell | None:
    """The commonest cells, sign + number + measure, without the long way round."""
    found = _SIMPLE.fullmatch(raw)
    if not found:
        return None
    sign, digits, tail = found.groups()
    if digits[0] == "0" and digits[1:2].isdigit():  # 00%: 100% without its 1
        return None
    ending = _read_tail(tail)
    if ending is None or (tail.startswith("年") and _is_year(digits)):
        return None
    first, last, after = ending
    start, place = found.span(2)
    return Cell(
        raw,
        raw[start:],
        Shape.NUMBER,
        _SIMPLE_SIGN[sign] or after,
        float(digits.replace(",", "")),
        None,
        tail[first:last],
        start=start,
        end=place + last,
    )


def scan(raw: str) -> Cell:
    """Read one cell by itself; any text gives a cell, never an error."""
    if len(raw) > LONGEST_CELL:
        return Cell(squeeze(raw), "", Shape.WORDS)
    return _scan(raw)


@lru_cache(maxsize=32768)
def _scan(raw: str) -> Cell:
    simple = _scan_simple(raw)
    if simple:
        return simple
    text = squeeze(raw)
    wide = half_width(text)
    operator, plain = leading_sign(wide)
    empty = _scan_empty(text, plain, operator)
    if empty:
        return empty
    if (
        _DAMAGE.search(plain)
        or _SHEET_ERROR.fullmatch(plain)
        or _is_doubled(plain)
        or _is_apart(raw, plain)
    ):
        return Cell(text, plain, Shape.DAMAGED)
    if not _HAS_NUMBER.search(plain):
        return Cell(text, plain, Shape.WORDS)
    start = len(text) - len(plain)
    return (
        _scan_strict(text, plain, operator, start)
        or _scan_sentence(text, wide, plain, operator)
        or Cell(text, plain, Shape.WORDS, operator)
    )


def _scan_empty(text: str, plain: str, operator: Operator) -> Cell | None:
    """Nothing, a placeholder, a template (≥**人), a lone sign (>) or a lone unit (≧%)."""
    in_words = bool(operator) and "\u4e00" <= text[0] <= "\u9fff"
    if in_words and not plain.startswith("*"):
        return None
    if _FILL.fullmatch(plain) or plain.lower() in _EMPTY:
        # A sign whose number is missing lost something; an untouched cell did not.
        lost = bool(operator) and not plain
        return Cell(text, plain, Shape.DAMAGED if lost else Shape.EMPTY, operator)
    template = _TEMPLATE.fullmatch(plain)
    unit = (template.group(1) if template else plain).strip("()（）")
    if template or (is_measure(unit) and not _NO_UNIT.fullmatch(unit)):
        measure = printed_measure(unit) if is_measure(unit) else ""
        return Cell(text, plain, Shape.EMPTY, operator, measure=measure)
    return None


def _is_doubled(plain: str) -> bool:
    """9%%: % is the shifted 5 key, so 95% may be meant; 90%% can only mean 90%."""
    found = _TWICE.match(plain)
    return found is not None and len(found[1]) < 6 and float(found[1] + "5") <= 100


def _is_apart(raw: str, plain: str) -> bool:
    """Digits with a blank between that are no thousands: 1 00%, 95 100."""
    if " " not in raw and "\u00a0" not in raw and "\u3000" not in raw and "\t" not in raw:
        return False
    line = _CLOCK.sub("", " ".join(half_width(raw).split()))
    grouped = _THOUSANDS_APART.search(line) is not None and not plain.endswith("%")
    if grouped:
        line = _THOUSANDS_APART.sub("", line)
    if not _APART.search(line):
        return False
    return _STRICT.fullmatch(plain) is not None


def _scan_strict(text: str, plain: str, operator: Operator, offset: int) -> Cell | None:
    """The whole cell is one number or range with its measure and at most an ending."""
    found = _STRICT.fullmatch(plain)
    if not found or len(found["tail"]) > _LONGEST_TAIL:
        return None
    tail = _read_tail(found["tail"])
    low, high = _to_number(found["low"]), _to_number(found["high"])
    if tail is None or low is None or (found["high"] and high is None):
        return None
    measure_at, measure_end, after = tail
    at = found.end("high") if found["high"] else found.end("low")
    where = offset + found.start("tail")
    measure = printed_measure(text[where + measure_at : where + measure_end])
    if measure.startswith("年") and found["high"] is None and _is_year(found["low"]):
        return None
    per = (found["per"] or "").replace("每", "·")
    if per and not measure:
        measure = "每" + (found["per"] or "")
    return Cell(
        text,
        plain,
        Shape.NUMBER,
        operator or after,
        low,
        high,
        measure,
        per,
        start=offset + found.start("low"),
        end=where + measure_end if measure_end else offset + at,
    )


def _is_year(digits: str) -> bool:
    """2023 of 2023年水平 counts nothing."""
    return len(digits) == 4 and digits.startswith(("19", "20"))


def _to_number(digits: str | None) -> float | None:
    if not digits:
        return None
    value = to_float(digits.lstrip("-"))
    return -value if value is not None and digits.startswith("-") else value


@lru_cache(maxsize=8192)
def _read_tail(tail: str) -> tuple[int, int, Operator] | None:
    """Span of the measure inside what follows a number, and the operator of 以上 or 以内.

    None when more than a measure and a few words follow, so that the number is not the value.
    """
    body = _INCLUDING.sub("", _ENDING.sub("", tail))
    if _HAS_NUMBER.search(body):
        return None
    bracket = _BRACKETED.match(body)
    if bracket and is_measure(bracket[1]):
        rest = body[bracket.end() :]
        return (*bracket.span(1), after_sign(rest, bracket[1])) if len(rest) <= 4 else None
    measure = leading_measure(body)
    rest = body[len(measure) :]
    if measure == "个" and len(rest) == 1 and _CJK.fullmatch(rest) and rest != "内":
        return 0, 2, Operator.NONE
    if not measure and rest and not AFTER.match(rest):
        return (0, len(rest), Operator.NONE) if _SOME_UNIT.fullmatch(rest) else None
    return 0, len(measure), after_sign(rest, measure)


def _scan_sentence(text: str, wide: str, plain: str, leading: Operator) -> Cell | None:
    """A sentence with one clear number: 全年编发数达到48期以上, 年度预算220万元.

    A sign at its beginning, `leading`, belongs to it: ≤上年的95%.
    """
    spans = quantities(text)
    if not spans:
        return _scan_signed_end(text, wide, plain)
    if len(spans) > 1:
        return None
    span = spans[0]
    operator, adjacent = _sign_around(wide, span)
    operator = operator or leading
    if _has_other_number(wide, span) and not adjacent:
        return None
    long = len(wide) > _LONGEST_PLAIN_CLAUSE or re.search(r"[,。;].", wide)
    if not operator and long:
        return None
    per = _PER_BEFORE.search(wide[: span.start])
    return Cell(
        text,
        plain,
        Shape.NUMBER,
        operator,
        span.number,
        span.high,
        span.measure,
        per[1] if per else "",
        start=span.start,
        end=span.end,
    )


def _sign_around(wide: str, span: NumberSpan) -> tuple[Operator, bool]:
    """Operator of the words around a number, and whether a sign stands right before it."""
    before, adjacent = sign_before(wide[: span.start])
    inside = AFTER.search(half_width(span.text))
    after = AFTER_OPERATOR[inside[1]] if inside else after_sign(wide[span.end :], span.measure)
    if after and before is not Operator.WITHIN:
        return after, adjacent
    return before, adjacent


def _has_other_number(wide: str, span: NumberSpan) -> bool:
    masked = _TITLE.sub("", mask_dates(wide[: span.start] + "□" + wide[span.end :]))
    return _LOOSE_NUMBER.search(masked) is not None


def _scan_signed_end(text: str, wide: str, plain: str) -> Cell | None:
    """A sentence that ends in a sign and a number without measure: 覆盖率达到95."""
    found = _SIGNED_END.search(mask_dates(wide))
    if not found or _LOOSE_NUMBER.search(mask_dates(wide)[: found.start("low")]):
        return None
    number = to_float(found["low"])
    if number is None:
        return None
    operator = sign_of(found["sign"])
    if found["after"]:
        operator = AFTER_OPERATOR[found["after"]]
    start, end = found.span("low")
    return Cell(text, plain, Shape.NUMBER, operator, number, None, start=start, end=end)
