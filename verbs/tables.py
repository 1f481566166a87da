"""Documents on the terminal: what was read, and what tables were read as."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from verbs.output import complain, project_text, say, show_rows, source_text

if TYPE_CHECKING:
    from corpus.layouts.explain import TableReading
    from corpus.records import Parsed


def show_parsed(file: str, parsed: "Parsed") -> None:
    """What one file gave: each project with its indicators; problems go to stderr."""
    from corpus.values import value_text

    rows = sum(len(project.indicators) for project in parsed.projects)
    say(f"{file}：{len(parsed.projects)} 个项目，{rows} 条指标")
    for project in parsed.projects:
        budget = "" if project.budget_wan is None else f" {project.budget_wan:g} 万元"
        say(f"\n{project.unit}　{project_text(project.name)} {project.code}{budget}".rstrip())
        if project.goal:
            say(f"目标：{' '.join(project.goal.split())}")
        if project.indicators:
            show_rows(
                ("一级指标", "二级指标", "三级指标", "指标值", "依据", "行"),
                (
                    (i.level1, i.level2, i.name, value_text(i.value), i.basis, i.source.row)
                    for i in project.indicators
                ),
            )
    for note in parsed.notes:
        say(f"说明：{source_text('', note.place, 0)} {note.reason}")
    for problem in parsed.problems:
        complain(f"{source_text(file, problem.place, 0)}: {problem.reason}")


_BY = {"head": "按表头", "content": "按内容", "area": "按乡镇名", "nothing": "未采用"}
_ROLES = {
    "side label": "侧边标签", "level 1": "一级指标", "level 2": "二级指标", "name": "三级指标",
    "description": "指标描述", "value": "指标值", "sign": "符号", "direction": "方向",
    "measure": "计量单位", "weight": "权重", "basis": "依据", "note": "备注", "actual": "完成值",
    "score": "得分", "reason": "偏差原因", "last year's value": "上年值",
    "medium-term column": "中长期列", "unit": "单位名称", "project": "项目名称",
    "project code": "项目编码", "budget": "预算数", "goal": "绩效目标", "year": "年度",
    "province": "省份", "city": "地市", "county": "县区", "department": "行业", "other": "—",
}  # fmt: skip
_CONTENTS = {
    "blank": "空", "sign": "符号", "direction": "方向", "number": "数字", "measure": "单位",
    "number with measure": "带单位的数", "words": "文字",
}  # fmt: skip


def show_tables(file: str, tables: Sequence["TableReading"]) -> None:
    """How the tables of one file were read: columns with their roles, confidence, doubts."""
    say(f"{file}：{len(tables)} 张指标表")
    for table in tables:
        read = f"{table.rows} 行，读出 {table.indicators} 条指标，把握 {table.confidence:.2f}"
        say(f"\n{table.place}：{read}")
        show_rows(
            ("表头", "读作", "依据", "列中内容"),
            (
                (
                    " ".join(column.head.split())[:40],
                    _ROLES[column.role],
                    _BY[column.by],
                    "，".join(f"{_CONTENTS[kind]} {n}" for kind, n in column.contents.items()),
                )
                for column in table.columns
            ),
        )
        for doubt in table.doubts:
            say(f"疑问：{doubt}")
        for row in table.left_out:
            say(f"未采用：{row}")
