"""What a column is for: from its head word, and from what stands in it.

The same head word means different things in different places (指标性质 is a sign in one form
and a direction in another), so content decides before the head, and position never does.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from corpus.layouts.anchored import either
from corpus.layouts.contents import Content, content_of
from corpus.layouts.levels import level1_of, level2_of
from text.normalise import fold


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
    GRADE = "standard of a lower grade"
    BASIS = "basis"
    NOTE = "note"
    ACTUAL = "actual"
    SCORE = "score"
    REASON = "reason"
    PRIOR = "last year's value"
    LONG_TERM = "medium-term column"
    UNIT = "unit"
    UNIT_CODE = "unit code"
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
        (r"^(单位名称[、/及和])?项目(\(政策\)|支出)?(名称)?$", Role.PROJECT),
        (
            r"^(一级)?(预算|项目|实施|填报|申报|用款|(资金)?使用|承担|建设|责任)?单位(名称)?$|^(一级)?(主管)?(部门|单位)(\(单位\))?(名称)?$",
            Role.UNIT,
        ),
        (r"^项目(编码|代码|编号)$", Role.PROJECT_CODE),
        (r"^(预算|项目|实施|填报|申报)?(单位|部门)(编码|代码)$", Role.UNIT_CODE),
        (
            r"^(项目|年度|年初|当年|本年度?|20\d\d年度?)?预算(数|金额|资金|总额|安排|额度)?$"
            r"|^(项目|年度|预算|当年)?(资金)?(总额|金额|额度|规模)(合计)?$|^(项目|年度|预算|当年)资金$",
            Role.BUDGET,
        ),
        (r"^(项目|本?年度|当年|预期)*(总体|绩效)*总?目标(描述)?$", Role.GOAL),
        (r"^(预算)?年[度份]$", Role.YEAR),
        (r"^省(份)?$", Role.PROVINCE),
        (r"^(地级)?市$", Role.CITY),
        (r"^(区县|县区|县|区)$", Role.COUNTY),
        (r"^行业|^部门类别", Role.DEPARTMENT),
    )
)
_YEARLY = (
    r"20\d\d年度?|本?年度?|当年|全年|预期|预计|年初|计划|考核|设[定置]|批复|申报|绩效|项目|具体"
)
# first match wins; the sign and direction heads are settled by content afterwards
_HEADS: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (
            r"\((长期|中期)\)|^(长期|中期)(目标|指标)"
            r"|^(项目)?(实施周?期|中长期|规划期|总体)(绩效)?(指标|目标)值",
            Role.LONG_TERM,
        ),
        (r"^\*?(绩效)?一级(绩效)?(指标|目标)|^一级$", Role.LEVEL1),
        (r"^\*?(绩效)?二级(绩效)?(指标|目标)|^二级$", Role.LEVEL2),
        (
            r"^\*?(绩效)?三级(绩效)?(指标|目标)|^三级$|^指标(名称|明细)|^指标内容$|^绩效指标名称|^(具体|明细)指标",
            Role.NAME,
        ),
        (
            r"指标值.*(依据|设定|设置|来源)|依据($|及|和)|^(数据|指标|取值)来源|指标(标准|依据)|绩效标准",
            Role.BASIS,
        ),
        (
            r"指标值?(说明|解释|释义|内涵|含义|描述|定义)|^(说明|解释|释义|内涵)|^指标计算(公式|方法)",
            Role.DESCRIPTION,
        ),
        (r"^[数量]值$", Role.VALUE),
        (r"上年|上一年|历史值|前年|往年|去年", Role.PRIOR),
        (r"^(年度|全年|当年)?(计划|预期|预计)(当年|年度|全年)?(完成|实现)(值|情况)?$", Role.VALUE),
        (r"实际|完成值|^(年度|全年)?实现值|执行情况|完成情况|全年完成|完成率", Role.ACTUAL),
        (
            r"指标值类型|符号$|指标(性质|方向|类型|属性)|^性质$|^方向$|运算符|^(比较|关系)符",
            Role.SIGN,
        ),
        (r"(度量|计量)单位|^(绩效)?(指标值?)?单位$", Role.MEASURE),
        (r"赋分|(评|扣|计)分(规则|标准)|佐证|可能性", Role.OTHER),
        (r"得分|^自评分", Role.SCORE),
        (r"^(标准|指标)?分值|权重|^分数|^标准分$|^满分$", Role.WEIGHT),
        (r"偏差|原因|改进措施", Role.REASON),
        (
            rf"^({_YEARLY})*(指标|目标)(目标|数|设定)?值|^({_YEARLY})+(标准)?值|^标准值|^年度\(.*\)指标值",
            Role.VALUE,
        ),
        (r"备注", Role.NOTE),
    )
)

_ANY_HEAD = either("|".join(pattern.pattern for pattern, _ in _HEADS))
# A pattern that begins with literals is much faster: what stands before is looked at afterwards.
_HEADER_HINT = re.compile(
    r"三\s*级|级(?<=\s级)|指\s*标\s*[名内明]|具体指标|明细指标|二\s*级\s*指\s*标"
)
_LONGEST_HEAD = 30
_NAME_BELOW_LEVELS = ("绩效指标", "指标", "三级", "绩效指标内容", "考核指标", "评价指标")
_CONTENT = re.compile(r"内容$")
_GOAL_AS_VALUE = re.compile(
    r"^(20\d\d年度?|本?年度|当年|全年|预期|计划|年初|绩效|设定|项目)*(目标|要求|标准)(\(.*\))?$"
)
_MONEY_UNIT = re.compile(r"\((万|亿)?元\)")
_GRADE_HEADS = frozenset("优 良 中 差 优秀 良好 中等 一般 较差 合格 不合格".split())
_LEAST_GRADES = 3  # columns


@lru_cache(maxsize=4096)
def role_of_head(text: str) -> Role | None:
    """The role a head word stands for, or None if it is not a known head."""
    word = fold(text)
    if len(word) > _LONGEST_HEAD or not _ANY_HEAD(word):
        return None
    return next(role for pattern, role in _HEADS if pattern.search(word))


@lru_cache(maxsize=4096)
def flat_role_of_head(text: str) -> Role | None:
    """The role of a column that stands before the levels of a flat export, or None."""
    word = _MONEY_UNIT.sub("", fold(text))
    return next((role for pattern, role in _FLAT_HEADS if pattern.search(word)), None)


def roles_of_heads(heads: Sequence[str]) -> Sequence[Role | None]:
    """The roles of the head words of one row, as they stand beside each other.

    指标内容 names the indicator only where no other head does, and 绩效指标, or any word between
    the levels and the value, where it follows the levels; where none says 指标值, a goal behind the
    name is the target (年度目标 | 实际完成情况), or what earns the best grade (优 | 良 | 中 | 差).
    """
    return _roles_of_heads(tuple(heads))


@lru_cache(maxsize=256)  # the tables of a document, and those of a year, have one header
def _roles_of_heads(heads: tuple[str, ...]) -> tuple[Role | None, ...]:
    roles = [role_of_head(head) for head in heads]
    if Role.NAME not in roles and Role.LEVEL2 in roles:
        after = roles.index(Role.LEVEL2) + 1
        valued = Role.LEVEL1 in roles[:after] and Role.VALUE in roles[after:]
        if after < len(roles) and (
            fold(heads[after]) in _NAME_BELOW_LEVELS
            or (valued and heads[after] and not roles[after])
        ):
            roles[after] = Role.NAME
    names = [column for column, role in enumerate(roles) if role is Role.NAME]
    for column in names[1:] if len(names) > 1 else ():
        if _CONTENT.search(fold(heads[column])):
            roles[column] = Role.DESCRIPTION
    grades = [k for k, head in enumerate(heads) if roles[k] is None and fold(head) in _GRADE_HEADS]
    if names and Role.VALUE not in roles and len(grades) >= _LEAST_GRADES:
        for column in grades:
            roles[column] = Role.GRADE
        roles[grades[0]] = Role.VALUE
    elif names and Role.VALUE not in roles:
        for column in range(names[0] + 1, len(heads)):
            if roles[column] is None and _GOAL_AS_VALUE.search(fold(heads[column])):
                roles[column] = Role.VALUE
                break
    return tuple(roles)


def group_head(heads: Sequence[str]) -> int | None:
    """Which head stands above sign, value and unit columns in a header of two rows, if any."""
    return next((k for k, h in enumerate(heads) if role_of_head(h) is Role.VALUE), None)


_BELOW_VALUE = (Role.SIGN, Role.VALUE, Role.MEASURE, Role.DIRECTION, Role.PRIOR, Role.LONG_TERM)


def unfolded(heads: Sequence[str]) -> Sequence[int]:
    """The order of the columns where a header of two rows is printed row after row.

    The words below 指标值 come last and stand in its place.
    """
    group = group_head(heads)
    start = len(heads)
    while start and role_of_head(heads[start - 1]) in _BELOW_VALUE:
        start -= 1
    if group is None or not any(
        role_of_head(heads[k]) is Role.VALUE for k in range(max(start, group + 1), len(heads))
    ):
        return range(len(heads))
    start = max(start, group + 1)
    return (*range(group), *range(start, len(heads)), *range(group + 1, start))


_BESIDE_NAME = (Role.LEVEL1, Role.LEVEL2, Role.VALUE)


def is_header(texts: Sequence[str]) -> bool:
    """Do these cells form the header of a target table?

    It names the indicator (三级指标, 指标名称) and at least one of its levels or its value.
    """
    if len(texts) < 2:
        return False
    joined = "".join(texts)
    if "级" not in joined and "指" not in joined:
        return False
    if not _HEADER_HINT.search(joined):
        return False
    roles = roles_of_heads(texts)
    return Role.NAME in roles and any(role in roles for role in _BESIDE_NAME)


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
    unsettled = [column for column, role in enumerate(roles) if role in _SETTLED_BY_CONTENT]
    settled = list(roles)
    for column, contents in zip(unsettled, column_contents(roles, rows, unsettled), strict=True):
        settled[column] = _settled(roles[column], contents)
    return tuple(settled)


def column_contents(
    roles: Sequence[Role], rows: Sequence[Sequence[str]], columns: Sequence[int]
) -> tuple[list[Content], ...]:
    """What sort of text stands in each of these columns; rows of which nothing tells are left out.

    `roles` are those of all columns of the table.
    """
    contents: tuple[list[Content], ...] = tuple([] for _ in columns)
    for row in rows:
        shift = _shift(roles, row)
        if shift is None:
            continue
        for column, found in zip(columns, contents, strict=True):
            if shift <= column < shift + len(row):
                found.append(content_of(row[column - shift]))
    return contents


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
