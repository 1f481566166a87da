"""What the command line shows of each measurement: plain figures in a fixed order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embed import open_encoder
from errors import UsageError
from eval.own_set import SETS, SHARED, own_task
from eval.parsing import FileScore, score_document, score_folder
from eval.retrieval import Task
from eval.retrieval_report import SYSTEMS, RetrievalFigures, evaluate
from eval.variants import variants

_SHARED = Path(__file__).resolve().parents[2] / "shared"


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
class ParsingGroup:
    """Documents of one family and format: rows found, and the share right of each field.

    A field that the gold rows never name is 1.
    """

    family: str
    format: str
    documents: int
    gold_rows: int
    precision: float
    recall: float
    level1: float
    level2: float
    name: float
    operator: float
    number: float
    measure: float
    value_raw: float
    project: float
    unit: float
    budget_wan: float
    year: float
    goal: float
    all_fields: float


@dataclass(frozen=True, slots=True)
class ParsingFigures:
    """Documents measured, their mean scores, a line each group and each document."""

    documents: int
    f1: float
    accuracy: float
    groups: tuple[ParsingGroup, ...]
    lines: tuple[ParsingLine, ...]


def retrieval(
    folder: Path | None = None, chosen: str = SHARED, beside: Sequence[str] = ()
) -> RetrievalFigures:
    """Search quality on graded queries, the product beside other systems.

    Of a folder, else of the set chosen: `../shared/eval` beside the checkout, or one of our own.
    `beside` names further encoders, each `NAME=FOLDER`.

    :raises UsageError: the data are not there, or an encoder is not named as it should be.
    :raises ModelError: an encoder cannot be loaded.
    """
    if chosen not in SETS:
        raise UsageError(f"--set expects {', '.join(SETS)}, found {chosen!r}")
    if folder is not None and chosen != SHARED:
        raise UsageError(f"expected a folder or --set {chosen}, found both")
    encoders = {name: open_encoder(model) for name, model in _named(beside)}
    if chosen != SHARED:
        return evaluate(own_task(chosen), chosen, beside=encoders)
    task = Task.load(folder or _SHARED / "eval")
    return evaluate(task, str(folder) if folder else SHARED, beside=encoders)


def _named(pairs: Sequence[str]) -> list[tuple[str, str]]:
    """Names and folders of encoders."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, mark, model = (part.strip() for part in pair.partition("="))
        if not (name and mark and model):
            raise UsageError(f"--beside expects NAME=FOLDER, found {pair!r}")
        if name in found or name in SYSTEMS:
            raise UsageError(f"--beside expects a name of its own, found {name!r} twice")
        found[name] = model
    return list(found.items())


def parsing(folder: Path | None = None) -> ParsingFigures:
    """Rows and fields against gold files; default `../shared/layouts` beside the checkout.

    :raises UsageError: there is no such folder, or no document with a gold file in it.
    """
    folder = folder or _SHARED / "layouts"
    scores = score_folder(folder) if folder.is_dir() else ()
    if not scores:
        raise UsageError(f"expected documents with .gold.jsonl files in {folder}, found none")
    return _figures(scores)


def invented(per_family: int) -> ParsingFigures:
    """As `parsing`, on invented documents of every family, so many of each."""
    return _figures(
        [score_document(v.name, v.family, v.data, v.gold) for v in variants(per_family)]
    )


def _figures(scores: Sequence[FileScore]) -> ParsingFigures:
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
    groups: dict[tuple[str, str], list[FileScore]] = {}
    for score in scores:
        groups.setdefault((score.family, score.suffix.lstrip(".")), []).append(score)
    return ParsingFigures(
        documents=len(lines),
        f1=round(sum(line.f1 for line in lines) / len(lines), 4),
        accuracy=round(sum(line.accuracy for line in lines) / len(lines), 4),
        groups=tuple(_group(*key, found) for key, found in groups.items()),
        lines=lines,
    )


def _group(family: str, suffix: str, scores: Sequence[FileScore]) -> ParsingGroup:
    right: Counter[str] = Counter()
    checked: Counter[str] = Counter()
    for score in scores:
        right.update(score.right)
        checked.update(score.checked)

    def share(key: str) -> float:
        return round(right[key] / checked[key], 4) if checked[key] else 1.0

    gold = sum(score.gold_rows for score in scores)
    found = sum(score.found_rows for score in scores)
    matched = sum(score.matched_rows for score in scores)
    total = checked.total()
    return ParsingGroup(
        family=family,
        format=suffix,
        documents=len(scores),
        gold_rows=gold,
        precision=round(matched / found, 4) if found else 0.0,
        recall=round(matched / gold, 4) if gold else 1.0,
        level1=share("level1"),
        level2=share("level2"),
        name=share("name"),
        operator=share("operator"),
        number=share("number"),
        measure=share("measure"),
        value_raw=share("value_raw"),
        project=share("project"),
        unit=share("unit"),
        budget_wan=share("budget_wan"),
        year=share("year"),
        goal=share("goal"),
        all_fields=round(right.total() / total, 4) if total else 0.0,
    )
