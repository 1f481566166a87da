"""A draft in the forms of Hebei and of Hunan, and the sources of its rows; as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Level1, Level2, ValueKind
from peers.estimate import shown
from service.draft_records import KeptDraft, KeptRow
from text.normalise import fold

Line = tuple[str, ...]


class FormKind(StrEnum):
    """Whose form: columns, order of the groups, and where the sign stands differ."""

    HEBEI = "hebei"
    HUNAN = "hunan"


@dataclass(frozen=True, slots=True)
class Form:
    """A form filled in: a title, lines of the head, and the table with its header first."""

    title: str
    head: tuple[Line, ...]
    table: tuple[Line, ...]


_HEBEI_COLUMNS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_HUNAN_COLUMNS = ("一级指标", "二级指标", "三级指标", "指标值", "度量单位", "指标值类型", "备注")
_SHORT = {Level2.SATISFACTION: "服务对象满意度指标", Level2.COST: "成本指标"}


def filled_form(draft: KeptDraft, kind: FormKind) -> Form:
    """A form with the rows of a draft."""
    return hebei_form(draft) if kind is FormKind.HEBEI else hunan_form(draft)


def hebei_form(draft: KeptDraft) -> Form:
    """Hebei: cost stands under output; description and basis have columns of their own."""
    budget = "" if draft.budget_wan is None else shown(draft.budget_wan)
    rows = []
    for row in draft.rows:
        level1 = Level1.OUTPUT if row.level2 is Level2.COST else row.level1
        description = row.description or row.name
        rows.append((level1 or "", _level2(row), row.name, description, row.value, row.basis))
    return Form(
        f"{draft.project}绩效目标表",
        (
            ("填报单位", draft.unit, "", "", "", "单位：万元"),
            ("项目编码", "", "项目名称", draft.project, "", ""),
            ("预算规模及资金用途", "预算数", budget, "其中：财政资金", budget, "其他资金"),
            ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", ""),
            ("", "", "", "", "", ""),
            ("绩效目标", "", "", "", "", ""),
        ),
        (_HEBEI_COLUMNS, *_merged(rows)),
    )


def hunan_form(draft: KeptDraft) -> Form:
    """Hunan: cost is a level 1 of its own at the end; sign and measure have their own columns."""
    budget = "" if draft.budget_wan is None else shown(draft.budget_wan)
    ordered = sorted(draft.rows, key=lambda row: row.level2 is Level2.COST)
    rows = []
    for row in ordered:
        level1 = f"{row.level1.removesuffix('指标')}指标" if row.level1 else ""
        level2 = "经济成本指标" if row.level2 is Level2.COST else _level2(row)
        rows.append((level1, level2, row.name, *_split(row), row.basis))
    return Form(
        "项目支出绩效目标表",
        (
            ("项目名称", draft.project, "", "", "", "", ""),
            ("单位名称", draft.unit, "", "", "", "", ""),
            ("项目金额", budget, "项目类别", "特定目标类", "", "", ""),
            ("项目支出实施期", "1年", "", "", "", "", ""),
            ("本年度绩效目标", "", "", "", "", "", ""),
        ),
        (_HUNAN_COLUMNS, *_merged(rows)),
    )


def source_lines(draft: KeptDraft) -> Iterator[str]:
    """For each row of a draft how it came there, then the rows of peers behind it.

    Sentences, not cells: a reader of target tables would take cells for more rows of the table.
    """
    for number, row in enumerate(draft.rows, start=1):
        yield f"{number}. {row.name}：{row.note or _taken(row)}"
        for origin in row.origins:
            source = origin.source
            place = " ".join(part for part in (source.file, source.place) if part)
            where = f"{place} 第{source.row}行" if source.row else place
            year = f"{origin.year}年" if origin.year else "年度未注明"
            whose = (
                f"{origin.unit or '单位未注明'}，{origin.project or '部门整体绩效目标'}（{year}）"
            )
            yield f"　　{whose}：{origin.name}，{origin.value}。出自 {where}"


def _taken(row: KeptRow) -> str:
    if not row.origins:
        return "自行填写。"
    same = any(one.value == row.value for one in row.origins)
    return "取自下面的指标。" if same else f"参照下面的指标，指标值改为 {row.value or '（空）'}。"


def _level2(row: KeptRow) -> str:
    return _SHORT.get(row.level2, f"{row.level2}指标") if row.level2 else ""


def _split(row: KeptRow) -> tuple[str, str, str]:
    """Amount, measure and sign of a value; whatever is more than these stays whole, as a word."""
    value = row.read_value
    if value.kind is ValueKind.NUMERIC and value.number is not None and value.number_high is None:
        amount = shown(value.number)
        if fold(f"{value.operator}{amount}{value.measure}") == fold(row.value):
            return amount, value.measure, value.operator
        return row.value, "", ""
    return row.value, "", "定性" if row.value else ""


def _merged(rows: Sequence[Line]) -> Iterator[Line]:
    """Level words only in the first row of their run, as the forms print them."""
    last1 = last2 = ""
    for level1, level2, *rest in rows:
        same1 = level1 == last1
        yield ("" if same1 else level1, "" if same1 and level2 == last2 else level2, *rest)
        last1, last2 = level1, level2
