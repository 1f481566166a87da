"""A drafted table in the forms of Hebei and of Hunan, and the sources of its rows; as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Level1, Level2
from knowledge.concepts import MeasureClass
from peers.estimate import shown
from peers.tables import DraftRow, DraftTable

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
_BASIS = "参照同类单位"
_FROM_BUDGET = "项目预算"
_SHORT = {Level2.SATISFACTION: "服务对象满意度指标", Level2.COST: "成本指标"}


def hebei_form(table: DraftTable, unit: str = "") -> Form:
    """Hebei: cost stands under output; description and basis have columns of their own."""
    budget = "" if table.budget_wan is None else shown(table.budget_wan)
    rows = []
    for row in table.indicators:
        level1 = Level1.OUTPUT if row.level2 is Level2.COST else row.level1
        value = row.suggestion.text if row.suggestion else ""
        rows.append(
            (level1, _level2(row), row.name, row.description or row.name, value, _basis(row))
        )
    return Form(
        f"{table.project}绩效目标表",
        (
            ("填报单位", unit, "", "", "", "单位：万元"),
            ("项目编码", "", "项目名称", table.project, "", ""),
            ("预算规模及资金用途", "预算数", budget, "其中：财政资金", budget, "其他资金"),
            ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底", ""),
            ("", "", "", "", "", ""),
            ("绩效目标", "", "", "", "", ""),
        ),
        (_HEBEI_COLUMNS, *_merged(rows)),
    )


def hunan_form(table: DraftTable, unit: str = "") -> Form:
    """Hunan: cost is a level 1 of its own at the end; sign and measure have their own columns."""
    budget = "" if table.budget_wan is None else shown(table.budget_wan)
    ordered = sorted(table.indicators, key=lambda row: row.level2 is Level2.COST)
    rows = []
    for row in ordered:
        amount, measure, sign = _split(row)
        level1 = row.level1.removesuffix("指标") + "指标"
        level2 = "经济成本指标" if row.level2 is Level2.COST else _level2(row)
        rows.append((level1, level2, row.name, amount, measure, sign, _basis(row)))
    return Form(
        "项目支出绩效目标表",
        (
            ("项目名称", table.project, "", "", "", "", ""),
            ("单位名称", unit, "", "", "", "", ""),
            ("项目金额", budget, "项目类别", "特定目标类", "", "", ""),
            ("项目支出实施期", "1年", "", "", "", "", ""),
            ("本年度绩效目标", "", "", "", "", "", ""),
        ),
        (_HUNAN_COLUMNS, *_merged(rows)),
    )


def source_lines(table: DraftTable) -> Iterator[str]:
    """For each row of the table what is suggested and why, then the rows of peers behind it.

    Sentences, not cells: a reader of target tables would take cells for more rows of the table.
    """
    for number, row in enumerate(table.indicators, start=1):
        yield f"{number}. {row.name}：{_verdict(row)}"
        for peer in row.examples:
            source = peer.source
            place = " ".join(part for part in (source.file, source.place) if part)
            where = f"{place} 第{source.row}行" if source.row else place
            year = f"{peer.year}年" if peer.year else "年度未注明"
            whose = f"{peer.unit}，{peer.project}（{year}）"
            yield f"　　{whose}：{peer.name}，{peer.value}。出自 {where}"


def _verdict(row: DraftRow) -> str:
    support = f"{row.support.n} 个同类项目中 {row.support.k} 个有"
    told = row.suggestion
    if told is None:
        return f"没有建议值（{row.refusal.message if row.refusal else ''}）；{support}。"
    source = "按本项目预算" if told.from_budget else "参照同类"
    return f"建议 {told.text}（{source}，可信度 {told.confidence:.0%}）；{support}。"


def _level2(row: DraftRow) -> str:
    return _SHORT.get(row.level2, f"{row.level2}指标")


def _basis(row: DraftRow) -> str:
    if not row.examples:
        return _FROM_BUDGET
    return _BASIS if row.suggestion else ""


def _split(row: DraftRow) -> tuple[str, str, str]:
    """Amount, measure and sign of a suggestion; a deadline is a word."""
    told = row.suggestion
    if told is None:
        return "", "", ""
    if told.measure_class is MeasureClass.DATE:
        return told.text, "", "定性"
    return shown(told.number), told.measure, told.operator


def _merged(rows: Sequence[Line]) -> Iterator[Line]:
    """Level words only in the first row of their run, as the forms print them."""
    last1 = last2 = ""
    for level1, level2, *rest in rows:
        same1 = level1 == last1
        yield ("" if same1 else level1, "" if same1 and level2 == last2 else level2, *rest)
        last1, last2 = level1, level2


def filled_form(table: DraftTable, kind: FormKind, unit: str = "") -> Form:
    """A form with the rows of the table; `unit` is whose it is."""
    return hebei_form(table, unit) if kind is FormKind.HEBEI else hunan_form(table, unit)
