"""The verbs that ask peers: `duibiao suggest` (a value) and `duibiao draft` (a whole table)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from errors import UsageError
from verbs import output
from verbs.options import HomeOption, JsonOption

if TYPE_CHECKING:
    from peers.records import PeerRow, Suggested
    from peers.tables import DraftTable
    from service.suggest import Advisor

WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="FIELD=VALUE", help="Only such peers; may be repeated."),
]
BudgetOption = Annotated[
    float | None, typer.Option("--budget-wan", metavar="N", help="Budget of the project, 万元.")
]
ExcludeOption = Annotated[
    str, typer.Option("--exclude-unit", metavar="UNIT", help="The own unit: no peer of itself.")
]
DepartmentOption = Annotated[str, typer.Option("--department", help="行业, as 教育.")]


def suggest(
    name: Annotated[str | None, typer.Option("--name", help="三级指标.")] = None,
    description: Annotated[str, typer.Option("--description", help="绩效指标描述.")] = "",
    level2: Annotated[str, typer.Option("--level2", help="二级指标, as 数量.")] = "",
    project: Annotated[str, typer.Option("--project", help="Name of the project.")] = "",
    department: DepartmentOption = "",
    county: Annotated[str, typer.Option("--county", help="County of the own unit.")] = "",
    budget_wan: BudgetOption = None,
    exclude_unit: ExcludeOption = "",
    where: WhereOption = None,
    scale_like: Annotated[
        bool, typer.Option("--scale-like", help="Only peers of like budget and department.")
    ] = False,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="FILE", help="JSON lines; - is stdin.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """A value for an indicator from peers, with its distribution and sources, or why none."""
    from service import suggest_requests as requests
    from service.contract import plain, where_from_pairs

    if (name is None) == (batch is None):
        raise UsageError("expected --name TEXT, or --batch FILE, and not both")
    if batch is not None:
        with output.batch_lines(batch) as lines, _advisor(home) as advisor:
            errors = output.emit_answers(requests.answer_drafts(advisor.suggest, lines))
        raise typer.Exit(1 if errors else 0)
    texts = {
        "name": name,
        "description": description,
        "level2": level2,
        "project": project,
        "department": department,
        "county": county,
        "exclude_unit": exclude_unit,
    }
    draft = requests.make_draft(
        texts,
        budget_wan=budget_wan,
        where=where_from_pairs(where or []),
        scale_like=scale_like,
    )
    with _advisor(home) as advisor:
        answer = advisor.suggest(draft)
    if json:
        output.emit(plain(answer))
    else:
        _show_suggested(answer)


def draft(
    project: Annotated[str, typer.Option("--project", help="Name of the project.")],
    purpose: Annotated[str, typer.Option("--purpose", help="What the money is for.")] = "",
    department: DepartmentOption = "",
    budget_wan: BudgetOption = None,
    exclude_unit: ExcludeOption = "",
    where: WhereOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write .xlsx or .docx as well.")
    ] = None,
    form: Annotated[str, typer.Option("--form", help="hebei or hunan, for --out.")] = "hebei",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """A whole indicator table from projects like this one, each row with its sources."""
    from service import suggest_requests as requests
    from service.contract import plain, where_from_pairs
    from service.draft_files import SUFFIXES, write_draft
    from service.draft_forms import FormKind
    from service.draft_made import kept_table

    if form not in tuple(FormKind):
        raise UsageError(f"--form expects {', '.join(FormKind)}, found {form!r}")
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"--out expects a file named {' or '.join(SUFFIXES)}, found {out.name}")
    asked = requests.make_project(
        project,
        purpose=purpose,
        department=department,
        budget_wan=budget_wan,
        exclude_unit=exclude_unit,
        where=where_from_pairs(where or []),
    )
    with _advisor(home) as advisor:
        table = advisor.draft(asked)
    if out is not None:
        write_draft(out, kept_table(table, exclude_unit, department), FormKind(form))
    if json:
        output.emit(plain(table))
    else:
        _show_draft(table)


@contextmanager
def _advisor(home: Path | None) -> Iterator["Advisor"]:
    from service.home import Home, default_home
    from service.search import BEHIND, Session
    from service.suggest import Advisor

    opened = Home.open(home or default_home())
    with Session.open(opened) as session, Advisor(opened, session) as advisor:
        if session.behind:
            output.complain(BEHIND)
        yield advisor


def _show_suggested(answer: "Suggested") -> None:
    told, spread = answer.suggestion, answer.distribution
    if told is not None:
        output.say(f"“{answer.name}”：建议 {told.text}，可信度 {told.confidence:.0%}")
    elif answer.refusal is not None:
        output.say(f"“{answer.name}”：{answer.refusal.message}")
    output.say(f"同一指标 {answer.peers} 行，{answer.units} 个单位")
    if spread is not None:
        common = "，".join(f"{one.text}（{one.n}）" for one in spread.common)
        output.say(f"可比 {spread.n} 条（{spread.units} 个单位），常见值：{common}")
    if answer.base_rate is not None and not answer.base_rate.informative:
        rate = answer.base_rate
        sharper = f"；更严的有 {rate.sharper}（{rate.sharper_n}）" if rate.sharper else ""
        output.say(f"{rate.family}中 {rate.share:.0%} 都写 {rate.text}，说明不了什么{sharper}")
    _show_rows(answer.examples)
    if answer.siblings:
        output.say("可以改用：")
        _show_rows(answer.siblings)
    if answer.rephrased:
        output.say("更清楚的写法：")
        rows = [
            (one.name, one.description, "、".join(one.tells), one.unit) for one in answer.rephrased
        ]
        output.show_rows(("指标", "说明", "写明了", "单位"), rows)


def _show_rows(rows: Sequence["PeerRow"]) -> None:
    if rows:
        output.show_rows(
            ("#", "指标", "指标值", "单位", "项目", "预算（万元）", "年度", "来源"),
            [
                (
                    *(row.rank, row.name, row.value, row.unit, output.project_text(row.project)),
                    *(row.budget_wan, row.year),
                    output.source_text(row.source.file, row.source.place, row.source.row),
                )
                for row in rows
            ],
        )


def _show_draft(table: "DraftTable") -> None:
    projects = len(table.similar_projects)
    output.say(f"“{table.project}”：参照 {projects} 个同类项目，{len(table.indicators)} 行")
    output.show_rows(
        ("二级指标", "三级指标", "建议", "可信度", "支持", "同类值"),
        [
            (
                row.level2,
                row.name,
                row.suggestion.text if row.suggestion else "",
                f"{row.suggestion.confidence:.0%}" if row.suggestion else "",
                f"{row.support.k}/{row.support.n}",
                "；".join(one.value for one in row.examples),
            )
            for row in table.indicators
        ],
    )
