"""Answers on the terminal: the hits of a search, and what was put right."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from verbs.output import project_text, say, show_rows, source_text

if TYPE_CHECKING:
    from index.results import SearchAnswer
    from service.correct import Correction, CorrectionReport


def show_search(answer: "SearchAnswer") -> None:
    """The hits as a table, with the count and the time in front."""
    shown = f"，列出前 {len(answer.hits)} 组" if answer.hits else ""
    concept = f"；最接近的常用指标：{answer.nearest_concept}" if answer.nearest_concept else ""
    found = f"{answer.total} 条{shown}" if answer.hits else "没有相近的内容"
    say(f"“{answer.query}”：{found}{concept}（{answer.took_ms:.0f} 毫秒）")
    if answer.hits:
        show_rows(
            ("#", "相近", "指标", "指标值", "二级指标", "单位", "项目", "年度", "相同", "来源"),
            (
                (
                    hit.rank,
                    f"{hit.band} {hit.score:.2f}".strip(),
                    hit.name,
                    hit.value,
                    hit.level2,
                    hit.unit,
                    project_text(hit.project),
                    hit.year,
                    hit.count,
                    source_text(hit.source.file, hit.source.place, hit.source.row),
                )
                for hit in answer.hits
            ),
        )


def show_corrections(found: Iterable["Correction"]) -> None:
    """Corrections as a table; those without effect say why."""
    from service.correct import FIELD_NAMES

    rows = [
        (
            one.id,
            one.record,
            project_text(one.project),
            one.name,
            FIELD_NAMES[one.field],
            one.old,
            "（删去）" if one.field == "row" else one.new,
            source_text(one.source.file, one.source.place, one.source.row),
            "已生效" if one.in_effect else f"未生效：{one.reason}",
        )
        for one in found
    ]
    if not rows:
        say("没有更正。")
        return
    show_rows(("更正", "编号", "项目", "原指标", "字段", "原文", "更正为", "来源", "状态"), rows)


def show_corrected(report: "CorrectionReport") -> None:
    """What was put right or taken back."""
    if report.corrections:
        say("已更正：")
        show_corrections(report.corrections)
    if report.withdrawn:
        say(f"已撤销：{'、'.join(one.id for one in report.withdrawn)}")
    if not report.corrections and not report.withdrawn:
        say("没有改动：与读到的原文相同。")
