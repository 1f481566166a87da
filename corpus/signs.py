"""Signs of a target value, printed (≥ ≦ ═ >=) or in words (不少于, 达到, 以上, 以内)."""

import re

from corpus.records import Operator
from text.normalise import squeeze
from text.units import half_width

_SIGN_PARTS = (
    (Operator.WITHIN, r"[±﹢]|\+/?-"),
    (
        Operator.AT_LEAST,
        r"[≥≧⩾≮][≥=]*|[>》〉]=+|=+>|[>》〉]≥|不(?:得|能|应|可|会)?(?:少|低|小|短|下|弱)于"
        r"|(?:大|高|多)于(?:或者?)?等于|至少|最少|达到|达",
    ),
    (
        Operator.AT_MOST,
        r"[≤≦⩽≯][≤=]*|[<《〈]=+|=+<|[<《〈]≤|不(?:得|能|应|可|会)?(?:超过|超出|突破|超|高于|大于|多于|长于|晚于|迟于)"
        r"|(?:小|低|少)于(?:或者?)?等于|至多|最多|(?:严格)?控制在",
    ),
    (Operator.MORE, r">+|[》〉](?=[0-9])|大于|高于|多于|优于|超过|超"),
    (Operator.LESS, r"<+|[《〈](?=[0-9])|小于|低于|少于|短于|早于|不足|不到"),
    (Operator.EQUAL, r"[=═﹦]+|等于"),
)
_SIGNS = tuple(operator for operator, _ in _SIGN_PARTS)
#: Source of a regular expression for a sign, with one group per operator.
SIGN = "|".join(f"({pattern})" for _, pattern in _SIGN_PARTS)
_LEADING_SIGN = re.compile(SIGN)
_NEAR_SIGN = re.compile(rf"(?:{SIGN})(?:约|了)?$")
# Words that still govern a number some words later: 不超过研发投入的20%.
_FAR_SIGN = re.compile(
    r"(?:(不(?:得|能|应|可)?(?:少|低|小|短|下)于|至少|达到)"
    r"|不(?:得|能|应|可)?(?:超过|超出|突破|高于|大于|多于)|控制在)[^,。;]*$"
)
#: Words after a number that say which way it counts.
AFTER = re.compile(r"(?:及|含|\(含\))?(以上|以内|之内|以下|以里|左右|上下|\+$)")
AFTER_OPERATOR = {
    "+": Operator.AT_LEAST,
    "以上": Operator.AT_LEAST,
    "以内": Operator.AT_MOST,
    "之内": Operator.AT_MOST,
    "以下": Operator.AT_MOST,
    "以里": Operator.AT_MOST,
    "内": Operator.AT_MOST,
    "左右": Operator.NONE,
    "上下": Operator.NONE,
}
_DURATION_END = ("天", "日", "时", "月", "周", "年", "分钟", "季度", "星期")


def sign_of(text: str) -> Operator:
    """Operator of a sign cell (≥, 大于等于, 不少于); NONE for 定性, 正向 and anything else."""
    plain = half_width(squeeze(text)).strip("()")
    found = _LEADING_SIGN.fullmatch(plain)
    return _SIGNS[found.lastindex - 1] if found and found.lastindex else Operator.NONE


def leading_sign(wide: str) -> tuple[Operator, str]:
    """Sign at the beginning of a half-width text, and the rest."""
    found = _LEADING_SIGN.match(wide)
    if not found or not found.lastindex:
        return Operator.NONE, wide
    return _SIGNS[found.lastindex - 1], wide[found.end() :]


def after_sign(rest: str, measure: str) -> Operator:
    """Operator of the words after a number and its measure."""
    found = AFTER.match(rest)
    if found:
        return AFTER_OPERATOR[found[1]]
    if rest.startswith("内") and measure.endswith(_DURATION_END):
        return Operator.AT_MOST
    return Operator.NONE


def sign_before(before: str) -> tuple[Operator, bool]:
    """Operator that the text before a number gives it, and whether it stands right before it."""
    near = _NEAR_SIGN.search(before)
    if near and near.lastindex:
        return _SIGNS[near.lastindex - 1], True
    far = _FAR_SIGN.search(before)
    if far:
        return (Operator.AT_LEAST if far[1] else Operator.AT_MOST), False
    return Operator.NONE, False
