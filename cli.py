"""The command line: arguments in, one call to a room below, a table or JSON out.

Exit codes: 0 answered, 1 some input was not read, 2 nothing could be done (one line on stderr),
130 interrupted. What a verb needs is imported inside it, so that each starts at once.
"""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import cli_output as output
from errors import HomeMissingError, InputError, UsageError

if TYPE_CHECKING:
    from service.home import Home

app = typer.Typer(
    cls=output.Verbs,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="对标: find, compare and sharpen budget performance targets (预算绩效目标).",
)
evaluations = typer.Typer(rich_markup_mode=None, help="How good is it, on labelled data.")
benchmarks = typer.Typer(rich_markup_mode=None, help="How fast is it, on this machine.")
app.add_typer(evaluations, name="eval")
app.add_typer(benchmarks, name="bench")

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Data folder; else $DUIBIAO_HOME, else ./data."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON (docs/contract/).")]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="sentence-transformers model: name or folder."),
]

EvalPath = Annotated[Path | None, typer.Argument(metavar="PATH", help="Folder of evaluation data.")]


def main() -> None:
    """Entry of the `duibiao` script."""
    for stream in (sys.stdout, sys.stderr):
        # a file name need not be text; as a JSON escape it survives
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app()


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files; - is stdin.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read files without storing them."""
    from service.parse import answer_lines, files_under, parse_files

    del home  # every verb takes it; reading needs none
    complete = True
    for path, parsed in parse_files(files_under(files)):
        if isinstance(parsed, InputError):
            complete = False
            if not json:
                output.complain(f"{path}: {parsed}")
        else:
            complete = complete and not parsed.problems
            if not json:
                output.show_parsed(str(path), parsed)
        if json:
            output.emit_lines(answer_lines(path, parsed))
    raise typer.Exit(0 if complete else 1)


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
    _show(report, json)
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
        with _lines(batch) as lines, Session.open(_home(home), model=model) as session:
            errors = output.emit_answers(contract.answer_searches(session.search, lines))
        raise typer.Exit(1 if errors else 0)
    request = contract.make_request(text or "", scope, top, contract.where_from_pairs(where or []))
    with Session.open(_home(home), model=model) as session:
        if session.behind:
            output.complain(BEHIND)
        answer = session.search(request)
    if json:
        output.emit(contract.plain(answer))
    else:
        output.show_search(answer)


@app.command()
def stats(home: HomeOption = None, json: JsonOption = False) -> None:
    """What the data folder holds."""
    from service import report

    _show(report.stats(_home(home)), json)


@app.command()
def verify(home: HomeOption = None, json: JsonOption = False) -> None:
    """Check the store, the originals and the index against their hashes."""
    from service import report

    verification = report.verify(_home(home))
    _show(verification, json)
    for problem in verification.problems:
        output.complain(f"{problem.where}: {problem.what}")
    raise typer.Exit(0 if verification.sound else 2)


@app.command()
def build(model: ModelOption = None, home: HomeOption = None, json: JsonOption = False) -> None:
    """Build the index anew from the store."""
    from service import refresh

    opened = _home(home)
    with output.progress("索引") as progress:
        report = refresh.build(opened, model=model, progress=progress)
    _show(report, json)


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
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Serve the app on this machine (with the sample documents while there are no others)."""
    from service.home import default_home
    from service.samples import ensure_samples

    _require_free(port)
    shown = (home or default_home()).resolve()
    address = {"url": f"http://localhost:{port}", "home": str(shown), "samples": False}
    try:
        _home(shown)
    except HomeMissingError:
        with output.progress("样例") as progress:
            ensure_samples(progress)
        address["samples"] = True
    if json:
        output.emit(address)
    else:
        output.show_figures(address)
    _serve(port, shown)


@evaluations.command("retrieval")
def eval_retrieval(
    path: EvalPath = None, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Search quality on graded queries (default: ../shared/eval beside the checkout)."""
    del home
    _show(_measuring("eval.commands").retrieval(path), json)


@evaluations.command("parsing")
def eval_parsing(
    path: EvalPath = None,
    invented: Annotated[
        int, typer.Option("--invented", min=0, help="So many invented documents of every family.")
    ] = 0,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Rows and fields against gold files (default: ../shared/layouts beside the checkout)."""
    del home
    commands = _measuring("eval.commands")
    _show(commands.invented(invented) if invented else commands.parsing(path), json)


@benchmarks.command("cold-search")
def bench_cold_search(
    indicators: Annotated[int, typer.Option(min=9, help="Size of the corpus.")] = 5000,
    runs: Annotated[int, typer.Option(min=1, help="How many searches.")] = 5,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Seconds from process start to answer, over invented documents in a temporary home."""
    del home
    _show(_measuring("eval.bench").cold_search(indicators, runs), json)


@benchmarks.command("ingest")
def bench_ingest(
    indicators: Annotated[int, typer.Option(min=9, help="How many to read.")] = 20000,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Indicators read, stored and indexed a second, from invented documents."""
    del home
    _show(_measuring("eval.bench").ingest(indicators), json)


def _home(path: Path | None) -> "Home":
    from service.home import Home, default_home

    return Home.open(path or default_home())


@contextmanager
def _lines(name: str) -> Iterator[Iterable[bytes]]:
    """Lines of a batch file, or of standard input for `-`."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"--batch expects a readable file, found {name}: {why}") from None
    with file:
        yield file


def _measuring(module: str) -> Any:  # noqa: ANN401 - a module
    """A module of `eval`, which stands above the faces: reached by name, when it is asked for."""
    return importlib.import_module(module)


def _show(report: object, json: bool) -> None:
    """A report of figures, as JSON or as tables."""
    from service.contract import plain

    if json:
        output.emit(plain(report))
    else:
        output.show_figures(plain(report))


def _require_free(port: int) -> None:
    """Refuse a port that another program listens on, before anything is prepared."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere the option would allow what is to be refused
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(
                f"expected port {port} to be free, found: {error.strerror}; choose another --port"
            ) from None


def _serve(port: int, home: Path) -> None:
    """Become Streamlit, on this machine's own address only; nothing is reported to anyone."""
    script = Path(__file__).resolve().with_name("app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    environment = os.environ | {"DUIBIAO_HOME": str(home)}
    sys.stdout.flush()
    os.chdir(script.parent)  # where .streamlit/config.toml stands
    if os.name == "posix":
        os.execve(sys.executable, command, environment)  # noqa: S606 - no shell is wanted
    raise typer.Exit(subprocess.call(command, env=environment))  # noqa: S603 - own command


if __name__ == "__main__":
    main()
