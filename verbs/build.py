"""`duibiao build`: the index anew, and what that changed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from errors import UsageError
from verbs import output
from verbs.measures import measuring
from verbs.options import HomeOption, JsonOption, ModelOption

if TYPE_CHECKING:
    from service.build_diff import BuildDiff, QueryChange, Question, TopHit

_SHOWN_CHARACTERS = 24


def build(
    model: ModelOption = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Say which queries changed their first five hits.")
    ] = False,
    queries: Annotated[
        Path | None,
        typer.Option(
            "--queries", metavar="FILE", help="Queries for --diff, one a line; default our own set."
        ),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Build the index anew from the store."""
    from service import refresh
    from service.home import Home, default_home

    if queries is not None and not diff:
        raise UsageError("--queries expects --diff beside it")
    if diff:
        _build_and_compare(home or default_home(), _questions(queries), model, json)
        return
    opened = Home.open(home or default_home())
    with output.progress("索引") as progress:
        report = refresh.build(opened, model=model, progress=progress)
    output.show_report(report, json)


def _build_and_compare(
    home: Path, questions: tuple["Question", ...], model: str | None, json: bool
) -> None:
    from service import build_diff
    from service.home import Home
    from service.search import BEHIND

    opened = Home.open(home)
    with output.progress("索引") as progress:
        found = build_diff.build_and_compare(opened, questions, model=model, progress=progress)
    if found.behind:
        output.complain(f"before the build: {BEHIND}")
    if json:
        output.show_report(found, json)
    else:
        _show(found)


def _questions(path: Path | None) -> tuple["Question", ...]:
    """Those of a file, or of our own set, which stands above the faces and is reached by name."""
    from service.build_diff import Question, read_questions

    if path is not None:
        return read_questions(path)
    own = measuring("eval.own_set")
    return tuple(Question(query.id, query.text) for query in own.own_queries())


def _show(found: "BuildDiff") -> None:
    output.show_report(found.build, json=False)
    output.say(
        f"{found.model_before}（{found.generation_before}）→ "
        f"{found.build.model}（{found.build.generation}）："
        f"{found.queries} 条查询中 {found.changed} 条的前五名有变化"
    )
    for change in found.changes:
        _show_change(change)


def _show_change(change: "QueryChange") -> None:
    output.say(f"{change.id} “{change.query}”")
    rows = []
    for place in range(max(len(change.before), len(change.after))):
        before = change.before[place] if place < len(change.before) else None
        after = change.after[place] if place < len(change.after) else None
        rows.append((place + 1, _shown(before), _shown(after), _came_from(after, change.before)))
    output.show_rows(("#", "之前", "之后", "原位"), rows)
    if change.gone:
        output.say(f"离开前五：{'、'.join(change.gone)}")


def _shown(hit: "TopHit | None") -> str:
    if hit is None:
        return ""
    about = f"｜{hit.description[:_SHOWN_CHARACTERS]}" if hit.description else ""
    return f"{hit.name}{about}"


def _came_from(hit: "TopHit | None", before: tuple["TopHit", ...]) -> str:
    """The rank that a hit had, or that it is new."""
    if hit is None:
        return ""
    ranks = [b.rank for b in before if (b.name, b.description) == (hit.name, hit.description)]
    return str(ranks[0]) if ranks else "新"
