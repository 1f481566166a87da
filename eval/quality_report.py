"""What `duibiao eval quality` and `duibiao eval alignment` show."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError
from eval.alignment import PAIRS_FILE, AlignmentFigures, evaluate, read_pairs
from eval.own_quality import SHARED_FOLDER, read_facts, read_own
from eval.own_set import OWN, SHARED
from eval.quality import (
    FEWEST_ROWS,
    LabelledRow,
    kappa,
    read_rows,
    rule_counts,
    weak_counts,
)
from knowledge.rules import rules
from text.normalise import one_line

FACTS = "facts"
_SETS = {OWN: read_own, FACTS: read_facts}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: rows that either or both labellers name it for, and how the rule did on them.

    Precision and recall are null where fewer than twenty rows carry the rule (`measured` false):
    there the findings are to be read.
    """

    rule: str
    title: str
    named_by_one: int
    named_by_both: int
    agreement: float | None
    found: int
    measured: bool
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A finding of a rule that too few rows carry to be measured; `named` by how many labellers."""

    rule: str
    row: str
    level2: str
    name: str
    value: str
    message: str
    named: int


@dataclass(frozen=True, slots=True)
class QualityFigures:
    """Weak or not weak on the rows where both labellers agree; then the rules one by one.

    `labels_agree` is the share of rows where both say weak, or both do not; `kappa` is Cohen's.
    """

    rows: int
    scored: int
    weak_rows: int
    labels_agree: float
    kappa: float | None
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None
    rules: tuple[RuleLine, ...]
    findings: tuple[FoundLine, ...]


def quality(path: Path | None = None, chosen: str = SHARED) -> QualityFigures:
    """Measure the rules on labelled rows of a folder, else of the set chosen.

    The sets are `../shared/eval` beside the checkout, our own, and our labels of other rows of it.

    :raises UsageError: there is no such set, or the folder or a file of it is missing or damaged.
    """
    return _figures(_rows(path, chosen))


def _rows(path: Path | None, chosen: str) -> list[LabelledRow]:
    if chosen != SHARED and chosen not in _SETS:
        raise UsageError(f"--set expects {', '.join((SHARED, *_SETS))}, found {chosen!r}")
    if chosen in _SETS and path is not None:
        raise UsageError(f"expected a folder or --set {chosen}, found both")
    if chosen in _SETS:
        return _SETS[chosen]()
    folder = path or SHARED_FOLDER
    if not folder.is_dir():
        raise UsageError(
            f"expected a folder with indicators.jsonl and quality.jsonl, found none at {folder}"
        )
    rows = read_rows(folder)
    if not rows:
        raise UsageError(f"expected labels in {folder / 'quality.jsonl'}, found none")
    return rows


def _figures(rows: Sequence[LabelledRow]) -> QualityFigures:
    counts = weak_counts(rows)
    scored = [row for row in rows if row.judged_weak is not None]
    lines = tuple(line for rule in rules() if (line := _line(rows, rule)) is not None)
    return QualityFigures(
        rows=len(rows),
        scored=len(scored),
        weak_rows=sum(bool(row.judged_weak) for row in scored),
        labels_agree=round(len(scored) / len(rows), 3),
        kappa=kappa(rows),
        right=counts.right,
        wrong=counts.wrong,
        missed=counts.missed,
        precision=counts.precision,
        recall=counts.recall,
        f1=counts.f1,
        rules=lines,
        findings=tuple(_findings(rows, {line.rule for line in lines if not line.measured})),
    )


def _line(rows: Sequence[LabelledRow], rule: str) -> RuleLine | None:
    named = [sum(rule in defects for defects in row.defects) for row in rows]
    one, both = sum(count > 0 for count in named), sum(count == 2 for count in named)
    found = sum(rule in row.found_rules for row in rows)
    if not one and not found:
        return None
    counts, measured = rule_counts(rows, rule), one >= FEWEST_ROWS
    return RuleLine(
        rule=rule,
        title=rules()[rule].title,
        named_by_one=one,
        named_by_both=both,
        agreement=round(both / one, 3) if one else None,
        found=found,
        measured=measured,
        right=counts.right,
        wrong=counts.wrong,
        missed=counts.missed,
        precision=counts.precision if measured else None,
        recall=counts.recall if measured else None,
        f1=counts.f1 if measured else None,
    )


def _findings(rows: Sequence[LabelledRow], wanted: set[str]) -> list[FoundLine]:
    return [
        FoundLine(
            rule=one.rule.id,
            row=row.id,
            level2=row.level2,
            name=one_line(row.name),
            value=one_line(row.value),
            message=one.message,
            named=sum(one.rule.id in defects for defects in row.defects),
        )
        for row in rows
        for one in row.found
        if one.rule.id in wanted
    ]


def alignment(path: Path | None = None) -> AlignmentFigures:
    """Measure alignment and similarity on labelled pairs of projects, by default our own.

    :raises UsageError: a label names no project or indicator, or no document of them is here.
    """
    labelled, left_out = read_pairs(path or PAIRS_FILE)
    if not labelled:
        raise UsageError("expected the documents of labelled pairs to be here, found none of them")
    return evaluate(labelled, left_out)
