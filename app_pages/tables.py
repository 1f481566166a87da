"""Records as the cells of a table that people read; plain strings, not yet escaped."""

from collections.abc import Callable, Sequence

from app_pages.words import number
from corpus.records import Indicator, Project, Source
from corpus.store.stored import StoredProject
from corpus.values import value_text
from corpus.where import settled
from service.correct import FIELD_NAMES
from service.reasons import place_name

_CELLS: dict[str, Callable[[Indicator], str]] = {
    "一级": lambda row: row.level1_raw or row.level1 or "",
    "二级": lambda row: row.level2_raw or row.level2 or "",
    "三级指标": lambda row: row.name,
    "指标值": lambda row: value_text(row.value),
    "说明": lambda row: row.description,
    "完成值": lambda row: row.actual,
    "评分标准": lambda row: "；".join(f"{grade.grade}：{grade.standard}" for grade in row.grades),
    "分值": lambda row: "" if row.weight is None else number(row.weight),
    "区域": lambda row: row.area,
    "依据": lambda row: row.basis,
    "原文行": lambda row: str(row.source.row or ""),
}
_ALWAYS = ("一级", "二级", "三级指标", "指标值", "原文行")


def indicator_columns(rows: Sequence[Indicator]) -> dict[str, list[str]]:
    """A target table column by column; columns in which nothing is said are left out.

    A level is named in the first row of its run only, as the documents print it.
    """
    columns = {name: [cell(row) for row in rows] for name, cell in _CELLS.items()}
    columns["二级"] = _first_of_runs(
        columns["二级"], list(zip(columns["一级"], columns["二级"], strict=True))
    )
    columns["一级"] = _first_of_runs(columns["一级"], columns["一级"])
    return {name: texts for name, texts in columns.items() if name in _ALWAYS or any(texts)}


def head_facts(project: Project) -> dict[str, str]:
    """What stands at the head of a project, by its name; what is not known is left out."""
    year = f"{project.year}年" if project.year else ""
    if not year and project.year_inferred:
        year = f"{project.year_inferred}年（推断）"
    facts = {
        "单位": project.unit or "未注明",
        "单位代码": project.unit_code,
        "项目代码": project.code,
        "年度": year or "未注明",
        "预算金额": "" if project.budget_wan is None else f"{number(project.budget_wan)} 万元",
        "地区": _place(project),
        "行业": project.department or _guess(project.inferred.department),
        "资金用途": project.purpose,
    }
    return {name: text for name, text in facts.items() if text}


def corrected_notes(stored: StoredProject) -> dict[str, str]:
    """What was put right in each record, by id: 指标值（原文：240期）."""
    notes: dict[str, list[str]] = {}
    for one in stored.corrections:
        old = one.old or "空"
        notes.setdefault(one.id, []).append(f"{FIELD_NAMES[one.field]}（原文：{old}）")
    return {own_id: f"已更正：{'；'.join(said)}" for own_id, said in notes.items()}


def source_text(source: Source) -> str:
    """Where a record stands: file, place in it, row."""
    row = f"第 {source.row} 行" if source.row else ""
    return " · ".join(part for part in (source.file, place_name(source.place), row) if part)


def _place(project: Project) -> str:
    """Province, city and county; those that are not printed are named as inferred."""
    found, levels = settled(project), ("province", "city", "county")
    printed = [getattr(project, level) for level in levels]
    guessed = [getattr(found, level) for level in levels]
    both = zip(printed, guessed, strict=True)
    text = "".join(dict.fromkeys(known or guess for known, guess in both))
    if not any(printed):
        return _guess(text)
    only_guessed = [g for p, g in zip(printed, guessed, strict=True) if g and not p]
    names = "、".join(dict.fromkeys(only_guessed))  # a municipality is its own city
    return f"{text}（{names}为推断）" if names else text


def _guess(text: str) -> str:
    return f"{text}（推断）" if text else ""


def _first_of_runs(texts: list[str], keys: Sequence[object]) -> list[str]:
    return [text if n == 0 or keys[n] != keys[n - 1] else "" for n, text in enumerate(texts)]
