"""How well a text found between level words fits each column of its table."""

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus.cells import is_scan_damage
from corpus.layouts.contents import Content, content_of
from corpus.layouts.roles import Role
from corpus.layouts.run_values import is_approving, is_certain_value, split_value

MISFIT = -9.0
DOUBTFUL = -3.0  # a fit so low: the text is not what its column says
_POINTS = re.compile(r"(?:[1-9][\dO]?(?:\.\d+)?|100|0\.[1-9]\d*)分?")
_SCORE = re.compile(r"(?:[1-9][\dO]?(?:\.\d+)?|100|0(?:\.\d+)?)分?")  # O: damage of a scan
_MARK = re.compile(r"^(?:[★☆*]+|指标\d+[:：.、]?)+")
_MARK_INSIDE = re.compile(r"(?<=.)(?:★|☆|指标\d+[:：])")
_UNUSED = re.compile(r"^(?:…+|\.{3,})$")
_DONE = re.compile(r"达成|完成|未达|达标|是$|否$")
_SIGN_FIRST = "≥≤=＝><＞＜≧≦±"
_SHORT_NAME, _USUAL_NAME = 4, 12
_LENGTH = 0.05  # what each character of a name beyond these costs
_LONGEST_NUMBER = 12
_MAYBE_DAMAGED = re.compile(r"[≥≤=><]*(?:[二?]\d|[\d.,]*[OoQIl|\ufffd])")
_SHORTEST_WORDS, _SHORT_WORDS = 2, 3
_FREE = frozenset({Role.DESCRIPTION, Role.BASIS, Role.NOTE, Role.REASON, Role.OTHER})

# heads of signs and of directions are alike: 指标性质 is either
_WANTED: Mapping[Role, tuple[Content, ...]] = {
    Role.SIGN: (Content.SIGN, Content.DIRECTION),
    Role.DIRECTION: (Content.DIRECTION, Content.SIGN),
    Role.MEASURE: (Content.MEASURE,),
}

_RARE = frozenset({Role.NOTE, Role.REASON, Role.OTHER})

#: What a row loses where nothing of it stands under a column.
SKIP: Mapping[Role, float] = {
    Role.NAME: -6.0,
    Role.VALUE: -2.0,
    Role.WEIGHT: -1.5,
    Role.ACTUAL: -1.5,
    Role.SCORE: -1.0,
    Role.DESCRIPTION: -1.2,
    Role.BASIS: -1.2,
    Role.SIGN: -0.8,
    Role.MEASURE: -0.4,
    Role.DIRECTION: -0.8,
}
SKIP_OTHER = -0.1


def skip_of(role: Role) -> float:
    """The price of a column without a cell."""
    return SKIP.get(role, SKIP_OTHER)


def is_unused(text: str) -> bool:
    """Is this the name of a row that the form left for more indicators (……)?"""
    return _UNUSED.match(text) is not None


@lru_cache(maxsize=65536)
def fit(text: str, role: Role, parted: bool) -> float:
    """Points for a text under a column; `parted`: cells are parted, so any words may be a value."""
    if is_unused(text):
        return 3.0 if role is Role.NAME else MISFIT
    if role is not Role.NAME and _MARK.match(text):
        return MISFIT
    if _MARK_INSIDE.search(text):
        return 2 * MISFIT
    if text == "指标":
        return MISFIT  # a part of 指标1
    if role is Role.NAME:
        return _name(text, parted=parted)
    if role is Role.VALUE:
        return _value(text, parted=parted)
    if role in (Role.ACTUAL, Role.PRIOR, Role.LONG_TERM):
        return _actual(text)
    if role in (Role.WEIGHT, Role.SCORE):
        pattern = _POINTS if role is Role.WEIGHT else _SCORE
        return 1.5 if pattern.fullmatch(text) else MISFIT
    return _other(text, role)


def _name(text: str, *, parted: bool) -> float:
    bare = _MARK.sub("", text)
    marked = 1.0 if len(bare) < len(text) else 0.0
    if not bare or text[0] in _SIGN_FIRST or is_certain_value(bare) or len(bare) < 2:
        return MISFIT
    if content_of(bare) in (Content.SIGN, Content.DIRECTION):
        return MISFIT
    if not re.search(r"[^\W\d_]", bare) or _is_damaged(bare):
        return MISFIT
    if is_approving(bare):
        return -0.5
    if content_of(bare) is Content.MEASURE:
        return -2.0
    if any(sign in bare for sign in _SIGN_FIRST):
        return -4.0
    if not parted and is_certain_value(split_value(bare)[1]):
        return -3.0
    return 2.0 + marked - _LENGTH * max(6 * (_SHORT_NAME - len(bare)), len(bare) - _USUAL_NAME, 0)


def _value(text: str, *, parted: bool) -> float:
    if re.match(r"0\d", text):
        return MISFIT
    if is_certain_value(text):
        return 2.5
    if is_approving(text):
        return 2.0
    if text[0] in _SIGN_FIRST and len(text) > 1:
        return 1.0
    if _is_damaged(text):
        return 2.2
    content = content_of(text)
    if content in (Content.SIGN, Content.DIRECTION):
        return MISFIT
    return -0.3 if parted else -4.0


def _is_damaged(text: str) -> bool:
    """Is this a number that a scan damaged (1O00人次, 二95%)?"""
    return (
        len(text) <= _LONGEST_NUMBER
        and _MAYBE_DAMAGED.match(text) is not None
        and is_scan_damage(text)
    )


def _actual(text: str) -> float:
    if re.match(r"0\d", text):
        return MISFIT
    if is_certain_value(text) or _is_damaged(text):
        return 1.5
    if is_approving(text) or _DONE.search(text):
        return 1.2
    return 0.3


def _other(text: str, role: Role) -> float:
    content = content_of(text)
    wanted = _WANTED.get(role)
    if wanted:
        return 2.5 if content in wanted else MISFIT
    if role not in _FREE or content in (Content.SIGN, Content.DIRECTION):
        return MISFIT
    if is_certain_value(text):
        return 0.1 if role is Role.OTHER else -2.0
    if len(text) < _SHORTEST_WORDS:
        return -1.0  # the cut end of a text
    if role in _RARE:
        return -0.3
    return 0.3 if is_approving(text) or len(text) < _SHORT_WORDS else 0.5
