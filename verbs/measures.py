"""The verbs that measure: `duibiao eval …` (how good) and `duibiao bench …` (how fast)."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from verbs import output
from verbs.options import HomeOption, JsonOption
from verbs.retrieval import show_retrieval

evaluations = typer.Typer(rich_markup_mode=None, help="How good is it, on labelled data.")
benchmarks = typer.Typer(rich_markup_mode=None, help="How fast is it, on this machine.")

EvalPath = Annotated[Path | None, typer.Argument(metavar="PATH", help="Folder of evaluation data.")]


@evaluations.command("retrieval")
def eval_retrieval(
    path: EvalPath = None,
    chosen: Annotated[
        str, typer.Option("--set", help="shared (../shared/eval beside the checkout), own or own2.")
    ] = "shared",
    beside: Annotated[
        list[str] | None,
        typer.Option("--beside", metavar="NAME=FOLDER", help="A further encoder to measure."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Search quality on graded queries, beside other systems, with bootstrap intervals."""
    del home
    figures = measuring("eval.commands").retrieval(path, chosen, beside or ())
    if json:
        output.show_report(figures, json)
    else:
        show_retrieval(figures)


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
    commands = measuring("eval.commands")
    output.show_report(commands.invented(invented) if invented else commands.parsing(path), json)


@evaluations.command("quality")
def eval_quality(
    path: EvalPath = None,
    chosen: Annotated[
        str,
        typer.Option("--set", help="shared (../shared/eval), own, or facts (other rows of it)."),
    ] = "shared",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Rules against rows that people judged weak or not."""
    del home
    output.show_report(measuring("eval.quality_report").quality(path, chosen), json)


@evaluations.command("alignment")
def eval_alignment(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Labelled pairs, default our own.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Projects aligned and ranked, on labelled pairs of projects."""
    del home
    output.show_report(measuring("eval.quality_report").alignment(path), json)


@evaluations.command("bands")
def eval_bands(home: HomeOption = None, json: JsonOption = False) -> None:
    """What the bands of a score mean, on pairs and hits that a person has judged."""
    output.show_report(measuring("eval.bands").bands(), json)


@evaluations.command("concepts")
def eval_concepts(
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="Folder of concepts, default ours.")
    ] = None,
    queries: Annotated[
        Path | None,
        typer.Option("--queries", help="Evaluation queries that no phrasing may repeat."),
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Concepts: how many, and which are double, near each other, thin or near a query."""
    del home
    output.show_report(measuring("eval.concept_check").check(path, queries), json)


@evaluations.command("boilerplate")
def eval_boilerplate(
    path: EvalPath = None,
    scale: Annotated[int, typer.Option(min=0, help="Times thirty invented counties.")] = 1,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Boilerplate families against invented counties and real pairs (default: ../shared)."""
    del home
    output.show_report(measuring("eval.boilerplate").evaluate(path, scale), json)


@benchmarks.command("boilerplate")
def bench_boilerplate(
    texts: Annotated[int, typer.Option(min=1, help="So many texts at least.")] = 100_000,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Seconds to find the families of invented texts, and to answer from them."""
    del home
    output.show_report(measuring("eval.bench_boilerplate").boilerplate(texts), json)


@benchmarks.command("cold-search")
def bench_cold_search(
    indicators: Annotated[int, typer.Option(min=9, help="Size of the corpus.")] = 5000,
    runs: Annotated[int, typer.Option(min=1, help="How many searches.")] = 5,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Seconds from process start to answer, over invented documents in a temporary home."""
    del home
    output.show_report(measuring("eval.bench").cold_search(indicators, runs), json)


@benchmarks.command("ingest")
def bench_ingest(
    indicators: Annotated[int, typer.Option(min=9, help="How many to read.")] = 60_000,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Indicators read, stored and indexed a second, from invented documents."""
    del home
    output.show_report(measuring("eval.bench").ingest(indicators), json)


@benchmarks.command("reading")
def bench_reading(
    documents: Annotated[int, typer.Option(min=1, help="How many of each format.")] = 2_000,
    projects: Annotated[int, typer.Option(min=1, help="Projects in each document.")] = 2,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="txt, docx or xlsx; may be repeated.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Documents read, stored and indexed a second, per format, from invented documents."""
    del home
    module = measuring("eval.bench_reading")
    with output.progress("测量") as progress:
        report = module.reading(documents, projects, formats or module.ALL, progress)
    output.show_report(report, json)


@benchmarks.command("search")
def bench_search(
    texts: Annotated[
        int, typer.Option("--texts", min=1, help="So many unlike texts in the index.")
    ] = 150_000,
    queries: Annotated[int, typer.Option("--queries", min=1, help="How many are asked.")] = 300,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Milliseconds a query, seconds a build and an addition, texts encoded a second."""
    del home
    module = measuring("eval.bench_search")
    with output.progress("测量") as progress:
        report = module.search(texts, queries, progress)
    output.show_report(report, json)


@benchmarks.command("app")
def bench_app(
    texts: Annotated[
        int, typer.Option("--texts", min=1, help="About so many unlike texts.")
    ] = 150_000,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="How often each is clicked.")] = 6,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """The first page and every click of the app in Chromium; over --home, if it is given."""
    module = measuring("eval.bench_app")
    with output.progress("测量") as progress:
        report = module.app(texts, rounds, home, progress)
    output.show_report(report, json)


@benchmarks.command("fuzz")
def bench_fuzz(
    inputs: Annotated[int, typer.Option(min=1, help="How many damaged documents.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed, other damage.")] = 1,
    processes: Annotated[int, typer.Option(min=1, help="How many read at once.")] = 2,
    only: Annotated[int | None, typer.Option(help="Repeat this one input.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Damaged versions of the example documents, read: records, or one of our own errors."""
    del home
    module = measuring("eval.fuzz")
    if only is not None:
        report = module.fuzz_one(only, seed)
    else:
        with output.progress("试读") as progress:
            report = module.fuzz(inputs, seed, processes, progress)
    output.show_report(report, json)
    raise typer.Exit(1 if report.failures else 0)


def measuring(module: str) -> Any:  # noqa: ANN401 - a module
    """A module of `eval`, which stands above the faces: reached by name, when it is asked for."""
    return importlib.import_module(module)
