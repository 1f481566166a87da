"""How well the rules tell weak rows: against rows that two people judged independently.

`quality.jsonl` names rows of `indicators.jsonl` with the labels good, fair or weak and the rule
ids of either labeller. A row is scored where both agree on weak or not weak; a rule where both
name it (right), or neither does (wrong); a rule that only one names is left out of its precision.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Indicator, Level2, Project, Source, Value
from corpus.values import parse_value
from embed import open_encoder
from errors import UsageError
from quality.check import check_project
from quality.findings import GRAVE, Finding
from quality.lookup import ConceptLookup

WEAK = "weak"
FEWEST_ROWS = 20
"""A rule is measured where so many rows carry it; of others the findings are listed."""


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row with what two people said of it; `found` is what the rules say."""

    id: str
    labels: tuple[str, str]
    defects: tuple[frozenset[str], frozenset[str]]
    name: str
    value: str
    level2: str
    found: tuple[Finding, ...]

    @property
    def judged_weak(self) -> bool | None:
        """Whether both call it weak; None where they differ."""
        first, second = (label == WEAK for label in self.labels)
        return first if first == second else None

    @property
    def found_weak(self) -> bool:
        """Whether a rule has an error or warning for it."""
        return any(one.severity in GRAVE for one in self.found)

    @property
    def found_rules(self) -> frozenset[str]:
        """Ids of the rules that found something."""
        return frozenset(one.rule.id for one in self.found)


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong answers of a yes-or-no question."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Right of all found; None where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Right of all there are; None where there are none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def read_rows(folder: Path, labels_file: Path | None = None) -> list[LabelledRow]:
    """Labelled rows of a folder, judged by the rules, in the order of the labels.

    `labels_file` holds other labels of its rows than `quality.jsonl` does.

    :raises UsageError: a file is missing or damaged, or a label names no row.
    """
    labels_file = labels_file or folder / "quality.jsonl"
    records = {row["id"]: row for row in json_lines(folder / "indicators.jsonl")}
    labels = json_lines(labels_file)
    missing = next((one["id"] for one in labels if one["id"] not in records), "")
    if missing:
        raise UsageError(f"{labels_file.name}: expected ids of indicators.jsonl, found {missing!r}")
    found = _found(records.values())
    return [labelled(one, _shown(records[one["id"]]), found[one["id"]]) for one in labels]


def json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines.

    :raises UsageError: it cannot be read.
    """
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise UsageError(f"expected JSON lines in {path}, found: {error}") from error


def _shown(record: Mapping[str, Any]) -> dict[str, Any]:
    text = " ".join((record["operator"] or "", record["value_raw"] or "")).strip()
    return {"name": record["name"], "level2": record["level2"], "text": text}


def labelled(
    label: Mapping[str, Any], shown: Mapping[str, Any], found: Sequence[Finding]
) -> LabelledRow:
    """A row with its labels and findings; `shown` is its name, level2 and value as text."""
    return LabelledRow(
        id=label["id"],
        labels=(label["label_a"], label["label_b"]),
        defects=(frozenset(label["defects_a"]), frozenset(label["defects_b"])),
        name=shown["name"],
        value=shown["text"],
        level2=shown["level2"] or "",
        found=tuple(found),
    )


def _found(records: Iterable[Mapping[str, Any]]) -> dict[str, list[Finding]]:
    """What the rules say of each row, by its id; rows of one project are checked together."""
    tables: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        table = (record["unit"], record["project"], str(record["year"]), record["source"])
        tables[tuple(str(key) for key in table)].append(record)
    lookup = ConceptLookup(open_encoder())
    found: dict[str, list[Finding]] = {}
    for rows in tables.values():
        review = check_project(_project(rows), lookup)
        for position, row in enumerate(rows):
            found[row["id"]] = list(review.of_row(position))
    return found


def _project(rows: Sequence[Mapping[str, Any]]) -> Project:
    first = rows[0]
    return Project(
        unit=first["unit"] or "",
        name=first["project"] or "",
        year=first["year"],
        budget_wan=first["budget_wan"],
        indicators=tuple(_indicator(row, _has_unit_column(rows)) for row in rows),
    )


def _has_unit_column(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the facts of a table name units that do not stand in its values."""
    named = [row for row in rows if row["measure"]]
    beside = sum(not _value(row, "").measure for row in named)
    return len(named) > 2 and beside > len(named) / 2


def _indicator(row: Mapping[str, Any], unit_column: bool) -> Indicator:
    level2 = row["level2"] or ""
    value = _value(row, row["measure"] or "") if unit_column else _value(row, "")
    if not value.measure:
        value = _value(row, row["measure"] or "")
    return Indicator(
        name=row["name"],
        value=value,
        level2=Level2(level2) if level2 in tuple(Level2) else None,
        level2_raw=level2,
        level1_raw=row["level1"] or "",
        description=row["description"] or "",
        source=Source(row["source"]),
    )


def _value(row: Mapping[str, Any], measure: str) -> Value:
    """The value of a row; its unit in `measure`, "" where that is read from the value itself."""
    return parse_value(
        row["value_raw"] or "",
        name=row["name"],
        description=row["description"] or "",
        level2=row["level2"] or "",
        sign=row["operator"] or "",
        measure=measure,
        year=row["year"],
        scanned=row["kind"] == "unreadable",
    )


def weak_counts(rows: Iterable[LabelledRow]) -> Counts:
    """Weak rows found, wrongly found and missed, where both labellers agree."""
    tally: Counter[tuple[bool, bool]] = Counter()
    for row in rows:
        if row.judged_weak is not None:
            tally[row.judged_weak, row.found_weak] += 1
    return Counts(tally[True, True], tally[False, True], tally[True, False])


def rule_counts(rows: Iterable[LabelledRow], rule: str) -> Counts:
    """Findings of one rule that both labellers name, that neither does, and those missed."""
    right = wrong = missed = 0
    for row in rows:
        named = sum(rule in defects for defects in row.defects)
        found = rule in row.found_rules
        right += found and named == 2
        wrong += found and named == 0
        missed += not found and named == 2
    return Counts(right, wrong, missed)


def kappa(rows: Sequence[LabelledRow]) -> float | None:
    """Cohen's kappa of the two labellers on weak or not weak."""
    pairs = [tuple(label == WEAK for label in row.labels) for row in rows]
    if not pairs:
        return None
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first = sum(a for a, _ in pairs) / len(pairs)
    second = sum(b for _, b in pairs) / len(pairs)
    chance = first * second + (1 - first) * (1 - second)
    return round((agreed - chance) / (1 - chance), 3) if chance < 1 else None
