"""What a column is for: from its head word, and from what stands in it.

The same head word means different things in different places (指标性质 is a sign in one form
and a direction in another), so content decides before the head, and position never does.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from corpus.layouts.levels import level1_of, level2_of
from text.normalise import fold
from text.units import is_measure


class Role(StrEnum):
    """What the cells of a column say about an indicator."""

    SIDE = "side label"
    LEVEL1 = "level 1"
    LEVEL2 = "level 2"
    NAME = "name"
    DESCRIPTION = "description"
    VALUE = "value"
    SIGN = "sign"
    DIRECTION = "direction"
    MEASURE = "measure"
    WEIGHT = "weight"
    BASIS = "basis"
    NOTE = "note"
    ACTUAL = "actual"
    SCORE = "score"
    REASON = "reason"
    PRIOR = "last year's value"
    LONG_TERM = "medium-term column"
    UNIT = "unit"
    PROJECT = "project"
    PROJECT_CODE = "project code"
    BUDGET = "budget"
    GOAL = "goal"
    YEAR = "year"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    DEPARTMENT = "department"
    OTHER = "other"


# heads of the columns that repeat, or merge down, the project of each row in a flat export
_FLAT_HEADS: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"^(预算|项目|实施|填报)?单位(名称)?$|^(主管)?部门(名称)?$", Role.UNIT),
        (r"^项目(名称)?$", Role.PROJECT),
        (r"^项目(编码|代码|编号)$", Role.PROJECT_CODE),
        (r"^(项目)?预算(数|金额|资金)?$|^(项目|年度)?(资金)?(总额|金额)$", Role.BUDGET),
        (r"^(年度|总体|绩效|年度绩效|年度总体|项目)?目标$", Role.GOAL),
        (r"^(预算)?年[度份]$", Role.YEAR),
        (r"^省(份)?$", Role.PROVINCE),
        (r"^(地级)?市$", Role.CITY),
        (r"^(区县|县区|县|区)$", Role.COUNTY),
        (r"^行业|^部门类别", Role.DEPARTMENT),
    )
)


# first match wins; the sign and direction heads are settled by content afterwards
_HEADS: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r"\((长期|中期)\)|^(长期|中期)(目标|指标)", Role.LONG_TERM),
        (r"^\*?一级(绩效)?指标|^一级$", Role.LEVEL1),
        (r"^\*?二级(绩效)?指标|^二级$", Role.LEVEL2),
        (r"^\*?三级(绩效)?指标|^三级$|^指标名称|^指标内容$|^绩效指标名称|^具体指标", Role.NAME),
        (
            r"指标值.*(依据|设定|设置|来源)|^(确定)?依据|^标准或依据|指标(标准|依据)|绩效标准",
            Role.BASIS,
        ),
        (r"指标值说明|指标说明|指标解释|^指标描述|绩效指标描述|^说明|指标释义", Role.DESCRIPTION),
        (r"上年|上一年|历史值", Role.PRIOR),
        (r"实际|完成值|执行情况|完成情况|全年完成|完成率", Role.ACTUAL),
        (r"指标值类型|计算符号|指标性质|指标方向|指标类型|^性质$|^符号$|^方向$|运算符", Role.SIGN),
        (r"(度量|计量)单位|^单位$", Role.MEASURE),
        (r"赋分|评分(规则|标准)|佐证|可能性", Role.OTHER),
        (r"得分", Role.SCORE),
        (r"^分值|^权重|分值权重|^分数|权重$", Role.WEIGHT),
        (r"偏差|原因|改进措施", Role.REASON),
        (
            r"^(年度|本年度?|当年|预期|年初)?(绩效)?(指标|目标)值|^目标值|^标准值|^年度\(.*\)指标值",
            Role.VALUE,
        ),
        (r"备注|^说明", Role.NOTE),
    )
)

_ANY_HEAD = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _HEADS))
_HEADER_HINT = re.compile(r"三\s*级|\s级|指标\s*[名内]|具体指标")
_LONGEST_HEAD = 30
_MONEY_UNIT = re.compile(r"\((万|亿)?元\)")
_SIGNS = re.compile(r"^(≥|≤|=|>|<|>=|<=|≧|≦|═|±|⩾|⩽|定性|定量|等于|大于等于|小于等于|大于|小于)$")
_DIRECTIONS = re.compile(r"^(正向|反向|负向|中性)(指标)?$")
_NUMBER = re.compile(r"^[≥≤=><±]*=?[-+]?[\d,]+(\.\d+)?(%|‰)?$")
_VALUE = re.compile(r"^(≥|≤|=|>|<|≧|≦|±|不少于|不低于|不超过|不高于|至少)?[\d,]+(\.\d+)?")


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
    word = fold(text)
    if not word:
        return Content.BLANK
    if _SIGNS.match(word):
        return Content.SIGN
    if _DIRECTIONS.match(word):
        return Content.DIRECTION
    if _NUMBER.match(word):
        return Content.NUMBER if word[-1] not in "%‰" else Content.MEASURED
    if _VALUE.match(word) and len(word) <= 24:
        return Content.MEASURED
    if is_measure(word.strip("()")):
        return Content.MEASURE
    return Content.WORDS


@lru_cache(maxsize=4096)
def role_of_head(text: str) -> Role | None:
    """The role a head word stands for, or None if it is not a known head."""
    word = fold(text)
    if len(word) > _LONGEST_HEAD or not _ANY_HEAD.search(word):
        return None
    return next(role for pattern, role in _HEADS if pattern.search(word))


@lru_cache(maxsize=4096)
def flat_role_of_head(text: str) -> Role | None:
    """The role of a column that stands before the levels of a flat export, or None."""
    word = _MONEY_UNIT.sub("", fold(text))
    return next((role for pattern, role in _FLAT_HEADS if pattern.search(word)), None)


def is_header(texts: Sequence[str]) -> bool:
    """Do these cells form the header of a target table?

    It names the indicator (三级指标, 指标名称) and at least one of its levels or its value.
    """
    joined = "".join(texts)
    if not _HEADER_HINT.search(joined):
        return False
    roles = {role_of_head(t) for t in texts}
    return Role.NAME in roles and bool(roles & {Role.LEVEL1, Role.LEVEL2, Role.VALUE})


_FITTING: dict[Content, Role] = {
    Content.SIGN: Role.SIGN,
    Content.DIRECTION: Role.DIRECTION,
    Content.MEASURE: Role.MEASURE,
}
_SETTLED_BY_CONTENT = (Role.SIGN, Role.DIRECTION, Role.MEASURE, Role.VALUE)


def settle(roles: Sequence[Role], rows: Sequence[Sequence[str]]) -> tuple[Role, ...]:
    """Correct the roles of sign, direction, measure and value columns by their content.

    `rows` are body rows; a short one lacks cells at its start, which is where merged cells
    vanish, so it is laid under the columns by its level-2 word.
    """
    return tuple(
        _settled(role, column) if role in _SETTLED_BY_CONTENT else role
        for role, column in zip(roles, column_contents(roles, rows), strict=True)
    )


def column_contents(
    roles: Sequence[Role], rows: Sequence[Sequence[str]]
) -> tuple[list[Content], ...]:
    """What sort of text stands in each column; rows of which nothing tells are left out."""
    columns: tuple[list[Content], ...] = tuple([] for _ in roles)
    for row in rows:
        shift = _shift(roles, row)
        if shift is None:
            continue
        for column, text in zip(columns[shift:], row, strict=False):
            column.append(content_of(text))
    return columns


def _shift(roles: Sequence[Role], row: Sequence[str]) -> int | None:
    """How many columns a row lacks at its start, or None if nothing in it tells."""
    said = len(row)
    while said and not row[said - 1]:
        said -= 1
    if len(row) == len(roles) and (said == len(row) or not row[0]):
        return 0
    if Role.LEVEL2 not in roles:
        return None
    for index, text in enumerate(row):
        if level2_of(text):
            following = row[index + 1] if index + 1 < len(row) else ""
            at = index + 1 if level1_of(text) and level2_of(following) else index
            shift = roles.index(Role.LEVEL2) - at
            return shift if shift >= 0 else None
    return None


def _settled(role: Role, column: Sequence[Content]) -> Role:
    said: list[Content] = [c for c in column if c is not Content.BLANK]
    if not said:
        return role
    for content, fitting in _FITTING.items():
        if said.count(content) > 0.6 * len(said):
            # a value column may hold single words that look like measures
            return role if (role, content) == (Role.VALUE, Content.MEASURE) else fitting
    numeric = said.count(Content.NUMBER) + said.count(Content.MEASURED)
    if role is not Role.VALUE and numeric > 0.6 * len(said):
        return Role.VALUE
    return role
