"""The verb that lists boilerplate: `duibiao clusters`."""

from typing import TYPE_CHECKING, Annotated

import typer

from errors import UsageError
from verbs import output
from verbs.options import HomeOption, JsonOption

if TYPE_CHECKING:
    from peers.boilerplate.records import Family, MemberText
    from service.cluster_records import ClustersAnswer

_SHOWN = 60  # characters of a template in a table


def clusters(
    of: Annotated[
        str,
        typer.Option("--of", help="name, description, value, goal, paragraph or table."),
    ] = "name",
    top: Annotated[int, typer.Option("--top", metavar="K", help="How many families.")] = 50,
    min_units: Annotated[
        int, typer.Option("--min-units", metavar="N", help="Used by so many units at least.")
    ] = 1,
    unit: Annotated[str, typer.Option("--unit", help="Only what this unit uses.")] = "",
    idle: Annotated[
        bool, typer.Option("--idle", help="Leave out what is rightly shared (standard wording).")
    ] = False,
    members: Annotated[
        str | None, typer.Option("--members", metavar="ID", help="All members of one family.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Boilerplate: texts and tables that many rows or units share, with their templates."""
    from peers.boilerplate.records import Kind
    from service import clusters as service
    from service.cluster_records import ClustersRequest
    from service.contract import plain
    from service.home import Home, default_home

    opened = Home.open(home or default_home())
    if members is not None:
        found = service.members(opened, members)
        if json:
            output.emit(plain(found))
        else:
            _show_members(found.cluster, found.members)
        return
    if of not in tuple(Kind):
        raise UsageError(f"--of expects {', '.join(Kind)}, found {of!r}")
    request = ClustersRequest(Kind(of), top, min_units, unit, standard=not idle)
    answer = service.clusters(opened, request)
    if json:
        output.emit(plain(answer))
    else:
        _show(answer)


def _show(answer: "ClustersAnswer") -> None:
    if answer.behind:
        output.complain("the corpus has changed since; cure: run `duibiao build`")
    rows = [
        (one.id, one.units, one.size, _short(one.template), one.why_standard)
        for one in answer.clusters
    ]
    output.show_rows(("编号", "单位", "条数", "模板", "规范用语"), rows)
    shares = [(one.name, one.texts, f"{one.share:.0%}", one.echo) for one in answer.share_by_unit]
    output.show_rows(("单位", "语句", "套话占比", "复述的指标值"), shares[:20])
    pairs = [
        (one.unit, one.other_unit, one.tables, f"{one.likeness:.0%}")
        for one in answer.copied_tables
    ]
    output.show_rows(("单位", "另一单位", "雷同的表", "相似度"), pairs[:20])


def _show_members(family: "Family", members: "tuple[MemberText, ...]") -> None:
    output.show_figures({"template": family.template, "units": family.units, "size": family.size})
    rows = [
        (
            f"{one.score:.2f}",
            one.unit,
            one.year or "",
            output.project_text(one.project),
            one.text,
            one.source.file,
        )
        for one in members
    ]
    output.show_rows(("相似度", "单位", "年度", "项目", "原文", "文件"), rows)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
