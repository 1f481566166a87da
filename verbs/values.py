"""The verbs that measure suggestions: `duibiao eval values` and `duibiao bench suggest`."""

from typing import TYPE_CHECKING, Annotated

import typer

from verbs import output
from verbs.measures import EvalPath, measuring
from verbs.options import HomeOption, JsonOption

if TYPE_CHECKING:
    from eval.value_report import ValueFigures
    from eval.values_commands import ValuesReport


def eval_values(
    path: EvalPath = None,
    invented: Annotated[
        int, typer.Option("--invented", min=0, help="Over so many invented units instead.")
    ] = 0,
    rows: Annotated[
        int, typer.Option("--rows", min=1, help="With --invented: so many rows are asked.")
    ] = 600,
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Fit the curves of confidence anew.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Suggested values with one unit left out (default: ../shared/eval beside the checkout)."""
    from service.contract import plain

    del home
    commands = measuring("eval.values_commands")
    if calibrate:
        report = commands.calibrated()
    else:
        asked = commands.invented_values(invented, rows) if invented else None
        report = asked or commands.real_values(path)
    if json:
        output.emit(plain(report))
    else:
        _show(report)


def bench_suggest(
    texts: Annotated[
        int, typer.Option("--texts", min=1, help="About so many unlike texts in the index.")
    ] = 150_000,
    drafts: Annotated[int, typer.Option("--drafts", min=1, help="How many are asked.")] = 300,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Milliseconds from draft to suggestion, over invented units in a temporary home."""
    del home
    with output.progress("测量") as progress:
        report = measuring("eval.bench_suggest").suggest(texts, drafts, progress)
    output.show_report(report, json)


def _show(report: "ValuesReport") -> None:
    for found in report.sets:
        _show_set(found)
    if report.judged:
        output.say(f"判定行：{report.judged} 行中 {report.sensible} 行的回答合理；不合理的：")
        output.show_rows(
            ("二级指标", "指标", "回答", "应当"),
            [
                (line.level2, line.name, line.answer, line.expected)
                for line in report.placeholders
                if not line.sensible
            ],
        )
    if report.curves:
        output.show_rows(
            ("范围", "回答", "正确", "斜率", "截距"),
            [(c.reach, c.answers, c.right, c.slope, c.offset) for c in report.curves],
        )


def _show_set(found: "ValueFigures") -> None:
    output.say(
        f"{found.set}：{found.rows} 行，{found.units} 个单位；回答 {found.answered} 行"
        f"（{found.coverage:.1%}），Brier {found.brier}，可信度偏差 {found.gap}"
    )
    if found.near_law is not None:
        output.say(f"接近分布中心：{found.near_law}")
    output.show_rows(
        ("系统", "覆盖率", "行", "计量类别", "符号", "（行）", "数值"),
        [
            (
                *(line.system, line.coverage, line.rows, line.measure_class),
                *(line.operator, line.signs, line.number),
            )
            for line in found.lines
        ],
    )
    output.show_rows(
        ("对比", "项目", "行", "领先", "下限", "上限"),
        [
            (line.baseline, line.measure, line.rows, line.ahead, line.low, line.high)
            for line in found.ahead
        ],
    )
    output.show_rows(
        ("可信度从", "到", "行", "平均可信度", "数值正确"),
        [
            (line.low, line.high, line.rows, line.confidence, line.right)
            for line in found.calibration
        ],
    )
    output.show_rows(
        ("计量类别", "行", "回答", "类别正确", "数值正确"),
        [
            (line.measure_class, line.rows, line.answered, line.class_right, line.number_right)
            for line in found.classes
        ],
    )
