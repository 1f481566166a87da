"""The command line: arguments in, one call to a room below, a table or JSON out.

Exit codes: 0 answered, 1 some input was not read, 2 nothing could be done (one line on stderr),
130 interrupted. What a verb needs is imported inside it, so that each starts at once.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from errors import HomeMissingError, InputError, UsageError
from verbs import answers, output, tables
from verbs.build import build
from verbs.clusters import clusters
from verbs.drafts import drafts
from verbs.group import Verbs
from verbs.measures import benchmarks, evaluations
from verbs.options import HomeOption, JsonOption, ModelOption
from verbs.pairs import pairs
from verbs.review import check, compare, similar
from verbs.samples import samples
from verbs.suggest import draft, suggest
from verbs.values import bench_suggest, eval_values

if TYPE_CHECKING:
    from socket import socket

    from service.home import Home

app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="对标: find, compare and sharpen budget performance targets (预算绩效目标).",
)
app.add_typer(evaluations, name="eval")
app.add_typer(benchmarks, name="bench")
evaluations.command("values")(eval_values)
benchmarks.command("suggest")(bench_suggest)
app.command()(build)
app.command()(samples)
app.command()(suggest)
app.command()(draft)
app.command()(drafts)
app.command()(clusters)
app.command()(pairs)
app.command()(check)
app.command()(similar)
app.command()(compare)


def main() -> None:
    """Entry of the `duibiao` script."""
    for stream in (sys.stdout, sys.stderr):
        # a file name need not be text; as a JSON escape it survives
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files; - is stdin.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each table was read as, and why.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read files without storing them."""
    from service.parse import answer_lines, files_under, parse_files

    del home  # every verb takes it; reading needs none
    if explain:
        raise typer.Exit(0 if _explain(files, json) else 1)
    complete = True
    for path, parsed in parse_files(files_under(files)):
        if isinstance(parsed, InputError):
            complete = False
            if not json:
                output.complain(f"{path}: {parsed}")
        else:
            complete = complete and not parsed.problems
            if not json:
                tables.show_parsed(str(path), parsed)
        if json:
            output.emit_lines(answer_lines(path, parsed))
    raise typer.Exit(0 if complete else 1)


def _explain(files: Sequence[Path], json: bool) -> bool:
    """Show how the tables of files were read; whether all files could be."""
    from service.parse import explain_files, files_under, table_lines

    complete = True
    for path, found in explain_files(files_under(files)):
        if json:
            output.emit_lines(table_lines(path, found))
        if isinstance(found, InputError):
            complete = False
            if not json:
                output.complain(f"{path}: {found}")
        elif not json:
            tables.show_tables(str(path), found)
    return complete


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    prune: Annotated[
        bool, typer.Option("--prune", help="Forget files that vanished from the folders given.")
    ] = False,
    model: ModelOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read files or folders into the data folder and refresh the index."""
    from service import refresh
    from service.home import Home, default_home
    from service.parse import STDIN, files_under
    from service.samples import is_sample

    if STDIN in paths:
        raise UsageError("expected files or folders, found - (stdin): save it as a file first")
    files_under(paths, empty=prune)  # says what is wrong before a data folder is made
    if is_sample(Home(home or default_home())):
        raise UsageError("expected a data folder of your own, found that of the invented samples")
    opened = Home.open(home or default_home(), create=True)
    with output.progress("读取") as progress:
        report = refresh.ingest(opened, paths, prune=prune, model=model, progress=progress)
    output.show_report(report, json)
    if not json:
        for skipped in report.skipped:
            output.complain(f"{skipped.file}: {skipped.reason}")
    raise typer.Exit(1 if report.skipped else 0)


@app.command()
def search(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What to look for.")] = None,
    scope: Annotated[
        str, typer.Option("--in", metavar="SCOPE", help="indicator, goal or project.")
    ] = "indicator",
    top: Annotated[int, typer.Option("--top", metavar="K", help="How many hits.")] = 20,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="FIELD=VALUE", help="A condition; may be repeated."),
    ] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="FILE", help="JSON lines; - is stdin.")
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="The nearest records also where none is similar.")
    ] = False,
    model: ModelOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Find indicators, goals or projects by meaning and by word."""
    from service import contract
    from service.search import BEHIND, Session

    if (text is None) == (batch is None):
        raise UsageError("expected a TEXT to search for, or --batch FILE, and not both")
    if batch is not None:
        with output.batch_lines(batch) as lines, Session.open(_home(home), model=model) as session:
            errors = output.emit_answers(contract.answer_searches(session.search, lines))
        raise typer.Exit(1 if errors else 0)
    conditions = contract.where_from_pairs(where or [])
    request = contract.make_request(text or "", scope, top, conditions, anyway)
    with Session.open(_home(home), model=model) as session:
        if session.behind:
            output.complain(BEHIND)
        answer = session.search(request)
    if json:
        output.emit(contract.plain(answer))
    else:
        answers.show_search(answer)


@app.command()
def correct(
    record: Annotated[
        str | None, typer.Argument(metavar="ID", help="Indicator, project or correction.")
    ] = None,
    texts: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=TEXT", help="What is right; may be repeated."),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Take the row out: it is no indicator.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take corrections back.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List all corrections.")] = False,
    model: ModelOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Put a misread row right; it stays so when its document is read again."""
    from service import contract
    from service import correct as service

    if sum((bool(texts), delete, undo, listed)) != 1 or listed is (record is not None):
        raise UsageError(
            "expected --list, or an ID with one of --set FIELD=TEXT, --delete and --undo"
        )
    opened, name = _home(home), record or ""
    if listed:
        found = service.corrections(opened)
        if json:
            output.emit(contract.plain(found))
        else:
            answers.show_corrections(found.corrections)
        return
    with output.progress("索引") as progress:
        if texts:
            report = service.correct(
                opened, name, contract.texts_from_pairs(texts), model=model, progress=progress
            )
        elif delete:
            report = service.strike(opened, name, model=model, progress=progress)
        else:
            report = service.undo(opened, name, model=model, progress=progress)
    if json:
        output.emit(contract.plain(report))
    else:
        answers.show_corrected(report)


@app.command()
def stats(home: HomeOption = None, json: JsonOption = False) -> None:
    """What the data folder holds."""
    from service import report

    output.show_report(report.stats(_home(home)), json)


@app.command()
def verify(home: HomeOption = None, json: JsonOption = False) -> None:
    """Check the store, the originals and the index against their hashes."""
    from service import report

    verification = report.verify(_home(home))
    output.show_report(verification, json)
    for problem in verification.problems:
        output.complain(f"{problem.where}: {problem.what}")
    raise typer.Exit(0 if verification.sound else 2)


@app.command()
def export(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write here, not to stdout.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """All projects as JSON lines, which ingest reads back."""
    from service import report

    del json  # the answer is JSON lines either way
    lines = report.export(_home(home))
    if out is None:
        output.emit_lines(lines)
    else:
        report.write_lines(out, lines)


@app.command(name="app")
def open_app(
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="Port on 127.0.0.1.")
    ] = 8501,
    opened: Annotated[
        bool, typer.Option("--open", help="Open it in the browser of this machine, if it has one.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Serve the app on this machine (with the sample documents while there are no others)."""
    from service.home import default_home

    listening = _reserved(port)
    shown = (home or default_home()).resolve()
    url = f"http://localhost:{port}"
    address = {"url": url, "home": str(shown), "samples": False}
    try:
        _home(shown)
    except HomeMissingError:
        from service.samples import ensure_samples  # else the server is up sooner without it

        with output.progress("样例") as progress:
            ensure_samples(progress)
        address["samples"] = True
    if json:
        output.emit(address)
    else:
        output.say_figures(address)
    _serve(listening, shown, url if opened else "")


def _home(path: Path | None) -> "Home":
    from service.home import Home, default_home

    return Home.open(path or default_home())


def _reserved(port: int) -> "socket":
    """The port on this machine's own address, refused where another program listens on it."""
    from socket import SO_REUSEADDR, SOL_SOCKET, socket

    taken = socket()
    if os.name == "posix":  # elsewhere the option would allow what is to be refused
        taken.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError as error:
        raise UsageError(
            f"expected port {port} to be free, found: {error.strerror}; choose another --port"
        ) from None
    return taken


def _serve(listening: "socket", home: Path, opened: str) -> None:
    """Serve the app; nothing is reported to anyone."""
    from app_pages.serve import serve

    script = Path(__file__).resolve().with_name("app.py")
    address, port = listening.getsockname()
    sys.stdout.flush()
    os.environ |= {
        "DUIBIAO_HOME": str(home),
        "STREAMLIT_SERVER_ADDRESS": address,
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    os.chdir(script.parent)  # where .streamlit/config.toml stands
    serve(script, listening, opened)


if __name__ == "__main__":
    main()
