"""N01–N04, B01 and L01: names, descriptions, bases, and what was left over."""

import re
from collections.abc import Callable

from corpus.records import Level2, Project
from knowledge.rules import Severity
from quality.context import COSTS, MONEYS, RowContext, TableContext
from quality.findings import NOT_APPLICABLE, NOT_ENOUGH_DATA, PASS, Verdict, finding
from text.hollow_names import fits_anywhere, is_bare, is_category
from text.name_classes import is_about_time, plain_name
from text.name_forms import is_sentence
from text.normalise import fold
from text.numbers import quantities
from text.units import half_width

_SCOPE_MEASURE = re.compile(r"岁|分钟|秒|级|月龄|年|小时|[kK]?[vV]|千伏|G|兆|号|度")
_SIZE_MEASURE = re.compile(r"元|米|公里|吨|天|日|月|亩")
_LIMIT = re.compile(r"以上|以下|以内|及以|内")
_NO_BASIS = frozenset(
    ("", "部门标准", "说明", "合同", "无", "密文", "其他", "自定", "单位自定", "部门自定", "计划")
)
_TEMPLATE = re.compile(
    r"目标内容\d|(?:^|\d[.、])指标(?:内容|名称)?\d{1,2}$|[×xX＊*]{2,}|某{2}|示例|请填写?|（填写[^）]*）|待填|此处填"
)
_YEAR = re.compile(r"(?<![0-9A-Za-z.〔\[(（【{])(20[0-4][0-9])年")
_COMPARED = re.compile(r"(?:较|比|以|自|从|从|结转|对比|同比|于|截至|截止)\D{0,4}$")
_COMPARED_AFTER = re.compile(
    r"^度?(?:相比|水平|同期|基数|以来|起|结转|提前|末|底以来|[-—~至到]|、)"
)


def generic_name(context: RowContext) -> Verdict:
    """N01: the name is its category, or would fit any project.

    及时率 in a row about time asks for what such a row holds: a hint.
    """
    name, level2 = context.name, context.level2
    if level2 is Level2.SATISFACTION:
        return _satisfaction_name(name)
    category = is_category(name, context.row.level2_raw, context.row.level1_raw)
    money = context.given in MONEYS
    if category and not (level2 in COSTS and money):
        return finding(f"“{name}”只是指标的类别，没有说明是什么", "name")
    if level2 in COSTS:
        return PASS
    dated = level2 is Level2.TIMELINESS and is_about_time(name)
    if is_bare(name):
        text = f"“{name}”没有对象：谁的、什么的"
        return finding(text, "name", severity=Severity.HINT if dated else None)
    if fits_anywhere(name) and not dated:
        text = f"“{name}”放在哪个项目里都行，看不出做什么"
        return finding(text, "name", severity=Severity.HINT)
    return PASS


def _satisfaction_name(name: str) -> Verdict:
    """服务对象满意度 is the standard name; 满意度指标 is the category."""
    category = fold(name).rstrip("。.").endswith("指标")
    bare = plain_name(name) in ("满意度", "满意率", "满意")
    if bare or (category and plain_name(name) == "服务对象满意度"):
        text = f"“{name}”没有说明谁对什么满意"
        return finding(text, "name", severity=None if bare and category else Severity.HINT)
    return PASS


def empty_description(context: RowContext) -> Verdict:
    """N02: the description adds nothing to the name."""
    description = context.row.description
    if not description:
        return NOT_ENOUGH_DATA if context.table.has_descriptions else NOT_APPLICABLE
    if plain_name(description) == plain_name(context.name):
        return finding("指标说明只是重复名称，没有对象、范围或计算方法", "description")
    return PASS


def number_in_name(context: RowContext) -> Verdict:
    """N03: the figure stands in the name and not in the value; a hint where it is in both.

    Ages, grades and limits (65岁以上) mark a scope instead.
    """
    name = context.name
    for span in quantities(name):
        within = _LIMIT.search(span.text + name[span.end : span.end + 2])
        if _SCOPE_MEASURE.match(span.measure) or (within and _SIZE_MEASURE.search(span.measure)):
            continue
        severity = Severity.HINT if context.is_number and context.value.measure else None
        text = f"目标数值“{span.text}”写在名称里，应写到指标值里"
        return finding(text, "name", span=(span.start, span.end), severity=severity)
    return PASS


def long_name(context: RowContext) -> Verdict:
    """N04: longer than twenty characters without what stands in brackets, or several clauses."""
    if is_sentence(context.name):
        return finding(f"“{context.name}”是一句话，应写成简短的词组", "name")
    return PASS


def basis(context: RowContext) -> Verdict:
    """B01: no basis, or the same empty word on every row; not where the form has no such column."""
    if not context.table.has_bases:
        return NOT_APPLICABLE
    own = fold(context.row.basis)
    if not own:
        return finding("没有填写指标值确定依据", "basis")
    all_alike = all(fold(row.basis) in _NO_BASIS for row in context.table.project.indicators)
    if own in _NO_BASIS and all_alike:
        return finding(f"依据只写“{context.row.basis}”，没有指明文件、合同或标准", "basis")
    return PASS


def left_over(context: RowContext) -> Verdict:
    """L01: template text, or an earlier year, in name, description or value."""
    row = context.row
    for field, text in (
        ("name", row.name),
        ("value", row.value.raw),
        ("description", row.description),
    ):
        if field == "value" and not row.value.raw.strip("*≥≤ "):
            continue  # V02 says it
        found = _TEMPLATE.search(half_width(text))
        if found and field != "value":
            return finding(f"留有模板文字“{found.group()}”", field, span=found.span())
        year = _other_year(text, context.table.year)
        if year:
            return finding(
                f"写着 {year[0]} 年，本表是 {context.table.year} 年", field, span=year[1]
            )
    deadline = row.value.deadline
    if context.table.year and deadline[:2] == "20" and int(deadline[:4]) < context.table.year:
        return finding(f"期限 {deadline} 早于本表的 {context.table.year} 年", "value")
    return PASS


def left_over_goal(table: TableContext) -> tuple[Verdict, ...]:
    """L01 of a project: template text in place of the goal, or a goal of an earlier year."""
    found = []
    for remark in table.remarks:
        _, mark, text = remark.reason.partition("goal text is only the template: ")
        if mark:
            found.append(finding(f"绩效目标只有模板文字“{text}”", "goal"))
    goal = table.project.goal
    template = _TEMPLATE.search(half_width(goal)) if goal else None
    if template:
        found.append(finding(f"留有模板文字“{template.group()}”", "goal", span=template.span()))
    year = _goal_year(table.project, table.year)
    if year:
        text = f"绩效目标写的是 {year[0]} 年，本表是 {table.year} 年"
        found.append(finding(text, "goal", span=year[1]))
    return tuple(found) or (PASS if goal else NOT_ENOUGH_DATA,)


def _goal_year(project: Project, year: int | None) -> tuple[int, tuple[int, int]] | None:
    """An earlier year of a goal that names no year of its own."""
    if year and f"{year}年" in re.sub(r"\s", "", project.goal):
        return None
    return _other_year(project.goal, year)


def _other_year(text: str, year: int | None) -> tuple[int, tuple[int, int]] | None:
    """An earlier year than the table's that nothing is compared with, and where it stands."""
    if year is None:
        return None
    for found in _YEAR.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        compared = _COMPARED.search(before) or _COMPARED_AFTER.match(after)
        if int(found[1]) < year and not compared:
            return int(found[1]), found.span()
    return None


RULES: dict[str, Callable[[RowContext], Verdict]] = {
    "N01": generic_name,
    "N02": empty_description,
    "N03": number_in_name,
    "N04": long_name,
    "B01": basis,
    "L01": left_over,
}
