"""The verbs of the reviewer: `duibiao check`, `duibiao similar`, `duibiao compare`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from errors import UsageError
from verbs import output
from verbs.options import HomeOption, JsonOption

if TYPE_CHECKING:
    from peers.compare import ComparedRow, Comparison
    from service.home import Home
    from service.projects import SimilarAnswer, Subject
    from service.review import Review

# From so many files on, peers are asked for examples only: values of peers cost the most time.
_MANY_FILES = 40


class AskPeers(StrEnum):
    """How much a check asks of the corpus."""

    AUTO = "auto"
    NONE = "none"
    EXAMPLES = "examples"
    ALL = "all"


class FailOn(StrEnum):
    """The gravest finding that is still no failure is the next milder one."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


FilesArgument = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")]
FileOption = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FILE", help="A file beside the corpus; may be repeated."),
]


def check(
    paths: FilesArgument,
    every: Annotated[
        bool, typer.Option("--all", help="List every rule's outcome, not only findings.")
    ] = False,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 1 on such a finding or a graver.")
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option("--report", metavar="FILE", help="Write .xlsx, .docx or .html; repeatable."),
    ] = None,
    peers: Annotated[
        AskPeers, typer.Option("--peers", help="What to ask the corpus; auto: all, unless many.")
    ] = AskPeers.AUTO,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Check drafts: every weak row with the rule, the reason and a peer that passes."""
    from knowledge.rules import Severity
    from service.parse import STDIN, files_under
    from service.review import Reviewer
    from service.review_files import check_ending, write_report
    from service.review_json import review_object

    for path in report or []:
        check_ending(path)
    if STDIN in paths:
        raise UsageError("check: expected files or folders, found - (stdin): save it as a file")
    files = files_under(paths)
    asked = peers
    if peers is AskPeers.AUTO:
        asked = AskPeers.EXAMPLES if len(files) > _MANY_FILES else AskPeers.ALL
    opened = None if asked is AskPeers.NONE else _corpus(home)
    with (
        Reviewer.open(opened, suggesting=asked is AskPeers.ALL) as reviewer,
        output.progress("审核") as progress,
    ):
        review = reviewer.check_files(files, progress)
    for path in report or []:
        write_report(review, path)
    if json:
        output.emit(review_object(review, every=every))
    else:
        _show_review(review)
    failed = fail_on is not None and review.worst(Severity(fail_on))
    raise typer.Exit(0 if review.complete and not failed else 1)


def similar(
    project: Annotated[
        str | None, typer.Argument(metavar="PROJECT", help="Id or name of a project.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A draft; it is not stored.")
    ] = None,
    number: Annotated[
        int, typer.Option("--number", min=1, metavar="N", help="Which project of the file.")
    ] = 1,
    top: Annotated[int, typer.Option("--top", metavar="K", help="How many.")] = 10,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Projects like this one, with the reasons."""
    from service.contract import plain
    from service.projects import Projects
    from service.search import Session

    if (project is None) == (file is None):
        raise UsageError("similar: expected a PROJECT or --file FILE, and not both")
    opened = _home(home)
    with Session.open(opened) as session, Projects(opened, session) as projects:
        subject = projects.subject(project) if project is not None else _of_file(file, number)
        answer = projects.similar(subject, top)
    if json:
        output.emit(plain(answer))
    else:
        _show_similar(answer)


def compare(
    projects: Annotated[
        list[str] | None, typer.Argument(metavar="PROJECT...", help="Ids or names.")
    ] = None,
    files: FileOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Projects side by side, their indicators aligned; those of files come after the others."""
    from service.projects import Projects, subjects_in
    from service.search import Session

    opened = _home(home)
    with Session.open(opened) as session, Projects(opened, session) as known:
        subjects = [known.subject(named) for named in projects or []]
        subjects += [subject for path in files or [] for subject in subjects_in(path)]
        answer = known.compare(subjects)
    if json:
        output.emit(_with_ids(answer, subjects))
    else:
        _show_comparison(answer)


def _home(path: Path | None) -> "Home":
    from service.home import Home, default_home

    return Home.open(path or default_home())


def _corpus(path: Path | None) -> "Home | None":
    """The home to ask; None where there is none yet and none was named: a check needs no corpus."""
    from errors import HomeMissingError

    try:
        return _home(path)
    except HomeMissingError:
        if path is not None:
            raise
        return None


def _of_file(path: Path | None, number: int) -> "Subject":
    from service.projects import subjects_in

    found = subjects_in(path or Path())
    if number > len(found):
        raise UsageError(f"--number expects 1 to {len(found)} for this file, found {number}")
    return found[number - 1]


def _with_ids(answer: "Comparison", subjects: "list[Subject]") -> dict[str, object]:
    """The projects by id and head; their rows stand in the cells."""
    from corpus.where import settled
    from service.contract import plain

    heads = [
        {
            "id": subject.id,
            "project": subject.project.name,
            "unit": subject.project.unit,
            "year": settled(subject.project).year,
            "budget_wan": subject.project.budget_wan,
            "indicators": len(subject.project.indicators),
        }
        for subject in subjects
    ]
    rest = plain(answer)
    return {"projects": heads} | {key: rest[key] for key in ("rows", "coverage", "gaps")}


def _show_review(review: "Review") -> None:
    from service.review_report import report_of

    shown = report_of(review)
    for table in shown.tables:
        output.say(f"\n{table.title}　{'　'.join(table.facts)}\n{table.standing}")
        for text in table.whole:
            output.say(f"  {text}")
        rows = [row.cells for row in table.rows if row.worst is not None]
        if rows:
            heads = ("行", "三级指标", "指标值", "结论", "问题")
            output.show_rows(heads, ([row[0], *row[3:5], row[7], row[8]] for row in rows))
    output.say("")
    for name, text in shown.figures:
        output.say(f"{name}：{text}")
    if not review.peers:
        output.say("没有语料可比：没有同类示例，也没有与同类的比较。")
    for file, reason in shown.unread:
        output.complain(f"{file}: {reason}")
    for file_review in review.files:
        for problem in file_review.problems:
            output.complain(f"{problem.file} {problem.place}: {problem.reason}")


def _show_similar(answer: "SimilarAnswer") -> None:
    if not answer.hits:
        output.say("没有找到相近的项目。")
        return
    output.show_rows(
        ("编号", "项目", "单位", "年度", "预算（万元）", "相近", "理由"),
        (
            (
                hit.id,
                output.project_text(hit.project),
                hit.unit,
                hit.year,
                hit.budget_wan,
                hit.score,
                "；".join(hit.reasons),
            )
            for hit in answer.hits
        ),
    )


def _show_comparison(answer: "Comparison") -> None:
    heads = [f"{project.unit} {project.name}".strip() for project in answer.projects]
    output.show_rows(("指标", *heads, "相近", "差"), (_cells(row) for row in answer.rows))
    output.show_rows(
        ("类别", *heads, "同类项目有此类的"),
        (
            (
                group.group,
                *group.counts,
                "" if group.peers_share is None else f"{group.peers_share:.0%}",
            )
            for group in answer.coverage
        ),
    )
    for gap in answer.gaps:
        output.say(gap)


def _cells(row: "ComparedRow") -> list[object]:
    from corpus.values import value_text

    cells = ["—" if one is None else f"{one.name}：{value_text(one.value)}" for one in row.cells]
    delta = row.delta
    said = "，".join(f"{d:+g}{delta.counted_in}" for d in delta.differences if d) if delta else ""
    both = sum(one is not None for one in row.cells) > 1
    return [row.concept, *cells, row.similarity if both else "", said]
