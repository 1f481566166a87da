"""What the command line shows of each measurement: plain figures in a fixed order."""

from dataclasses import dataclass
from pathlib import Path

from errors import UsageError
from eval.parsing import score_folder
from eval.retrieval import ALL, QUERY_TYPES, evaluate

_SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class RetrievalLine:
    """Measures of one system on one type of query (means over queries that have an answer)."""

    system: str
    queries: str
    ndcg10: float
    recall20: float
    mrr: float


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Sizes of the task, and a line per system and query type ("all" first)."""

    rows: int
    names: int
    queries: int
    lines: tuple[RetrievalLine, ...]


@dataclass(frozen=True, slots=True)
class ParsingLine:
    """Rows found in one document (F1 against the gold) and fields right in the rows found."""

    file: str
    family: str
    gold_rows: int
    found_rows: int
    f1: float
    accuracy: float
    error: str


@dataclass(frozen=True, slots=True)
class ParsingFigures:
    """Documents measured, their mean scores, and a line each."""

    documents: int
    f1: float
    accuracy: float
    lines: tuple[ParsingLine, ...]


def retrieval(folder: Path | None = None) -> RetrievalFigures:
    """Search quality on graded queries; default `../shared/eval` beside the checkout.

    :raises UsageError: the folder does not hold the evaluation data.
    """
    report = evaluate(folder or _SHARED / "eval")
    lines = (
        RetrievalLine(
            system=system.system,
            queries=kind,
            ndcg10=round(system.ndcg(kind), 4),
            recall20=round(system.recall(kind), 4),
            mrr=round(system.mrr(kind), 4),
        )
        for system in report.systems
        for kind in (ALL, *QUERY_TYPES)
        if kind == ALL or any(score.type == kind for score in system.scores)
    )
    return RetrievalFigures(report.rows, report.names, report.queries, tuple(lines))


def parsing(folder: Path | None = None) -> ParsingFigures:
    """Rows and fields against gold files; default `../shared/layouts` beside the checkout.

    :raises UsageError: there is no such folder, or no document with a gold file in it.
    """
    folder = folder or _SHARED / "layouts"
    scores = score_folder(folder) if folder.is_dir() else ()
    if not scores:
        raise UsageError(f"expected documents with .gold.jsonl files in {folder}, found none")
    lines = tuple(
        ParsingLine(
            file=score.file,
            family=score.family,
            gold_rows=score.gold_rows,
            found_rows=score.found_rows,
            f1=round(score.f1, 4),
            accuracy=round(score.accuracy, 4),
            error=score.error,
        )
        for score in scores
    )
    return ParsingFigures(
        documents=len(lines),
        f1=round(sum(line.f1 for line in lines) / len(lines), 4),
        accuracy=round(sum(line.accuracy for line in lines) / len(lines), 4),
        lines=lines,
    )
