"""How well documents are read: rows and fields against gold files (`duibiao eval parsing`).

A gold file stands beside its document as `<name>.gold.jsonl`; its keys are described in the
README of the layout examples. Rows are matched in document order by name and area.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.parse import parse_bytes
from corpus.records import Indicator, MeasureFrom, Project, ProjectKind
from errors import InputError
from text.normalise import squeeze

Gold = Mapping[str, Any]
ROW_FIELDS = (
    "level1", "level2", "name", "operator", "number", "number_high", "measure", "value_raw",
    "kind", "unreadable", "project", "unit", "unit_code", "project_code", "budget_wan", "year",
    "weight", "actual", "description", "basis",
)  # fmt: skip
_IF_PRESENT = (
    "number_high",
    "unit_code",
    "project_code",
    "weight",
    "actual",
    "description",
    "basis",
)


@dataclass(frozen=True, slots=True)
class Miss:
    """One field that differs from the gold."""

    file: str
    row: str
    field: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class FileScore:
    """Rows and fields of one document: `right` and `checked` count fields by name."""

    file: str
    family: str
    suffix: str
    gold_rows: int
    found_rows: int
    matched_rows: int
    right: Mapping[str, int]
    checked: Mapping[str, int]
    misses: tuple[Miss, ...]
    error: str = ""

    @property
    def f1(self) -> float:
        """Harmonic mean of row precision and recall."""
        total = self.gold_rows + self.found_rows
        return 2 * self.matched_rows / total if total else 1.0

    @property
    def accuracy(self) -> float:
        """Share of right fields among all fields checked."""
        checked = sum(self.checked.values())
        return sum(self.right.values()) / checked if checked else 0.0


def score_folder(folder: Path) -> tuple[FileScore, ...]:
    """Score every document of a folder that has a gold file beside it."""
    documents = sorted(
        p for p in folder.iterdir() if p.suffix != ".jsonl" and _gold_path(p).exists()
    )
    return tuple(score_file(path) for path in documents)


def _gold_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(path.suffix) + ".gold.jsonl")


def score_file(path: Path) -> FileScore:
    """Score one document against its gold file."""
    gold = [json.loads(line) for line in _gold_path(path).read_text("utf-8").splitlines()]
    rows = [g for g in gold if "goal" not in g]
    try:
        parsed = parse_bytes(path.read_bytes(), path.name)
    except InputError as error:
        return _score(path, rows, [], Counter(), Counter(), [], str(error))
    found = [(p, i) for p in parsed.projects for i in p.indicators]
    pairs = list(_matches(rows, found))
    right: Counter[str] = Counter()
    checked: Counter[str] = Counter()
    misses: list[Miss] = []
    for expected, (project, indicator) in pairs:
        for field, ok, want, got in _compare(expected, project, indicator):
            checked[field] += 1
            right[field] += ok
            if not ok:
                misses.append(Miss(path.name, str(expected["name"]), field, want, got))
    _score_goals([g for g in gold if "goal" in g], parsed.projects, path, right, checked, misses)
    paired = {id(e) for e, _ in pairs}
    misses += [
        Miss(path.name, str(g["name"]), "row", "found", "") for g in rows if id(g) not in paired
    ]
    return _score(path, rows, found, right, checked, misses, "", len(pairs))


def _score(
    path: Path,
    rows: Sequence[Gold],
    found: Sequence[object],
    right: Counter[str],
    checked: Counter[str],
    misses: Sequence[Miss],
    error: str,
    matched: int = 0,
) -> FileScore:
    family = path.name.split("_")[1] if path.name.count("_") else ""
    return FileScore(
        path.name, family, path.suffix, len(rows), len(found), matched, right, checked,
        tuple(misses), error,
    )  # fmt: skip


def _key(name: str, area: str) -> str:
    return f"{squeeze(name)}\t{squeeze(area)}"


def _matches(
    gold: Sequence[Gold], found: Sequence[tuple[Project, Indicator]]
) -> Iterator[tuple[Gold, tuple[Project, Indicator]]]:
    left = [_key(g["name"], g.get("area", "")) for g in gold]
    right = [_key(i.name, i.area) for _, i in found]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            yield gold[block.a + offset], found[block.b + offset]


def _compare(
    gold: Gold, project: Project, indicator: Indicator
) -> Iterator[tuple[str, bool, str, str]]:
    got = _as_gold(project, indicator)
    for field in ROW_FIELDS:
        if field in _IF_PRESENT and field not in gold:
            continue
        want = gold.get(field)
        allowed = [want, gold.get("level1_alt")] if field == "level1" else [want]
        ok = any(_same(w, got[field]) for w in allowed)
        yield field, ok, str(want), str(got[field])


def _as_gold(project: Project, indicator: Indicator) -> dict[str, Any]:
    value = indicator.value
    printed = value.measure_from in (MeasureFrom.VALUE, MeasureFrom.COLUMN)
    return {
        "level1": indicator.level1_raw,
        "level2": indicator.level2_raw,
        "name": indicator.name,
        "operator": value.operator.value,
        "number": value.number,
        "number_high": value.number_high,
        "measure": value.measure if printed else "",
        "value_raw": value.raw,
        "kind": value.kind.value,
        "unreadable": value.unreadable,
        "project": project.name,
        "unit": project.unit,
        "unit_code": project.unit_code,
        "project_code": project.code,
        "budget_wan": project.budget_wan,
        "year": project.year,
        "weight": indicator.weight,
        "actual": indicator.actual,
        "description": indicator.description,
        "basis": indicator.basis,
    }


def _same(want: object, got: object) -> bool:
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) < 1e-6
    return squeeze(str(want or "")) == squeeze(str(got or ""))


def _score_goals(
    gold: Sequence[Gold],
    projects: Sequence[Project],
    path: Path,
    right: Counter[str],
    checked: Counter[str],
    misses: list[Miss],
) -> None:
    for expected in gold:
        whole = expected.get("scope") == "department"
        texts = [
            p.goal
            for p in projects
            if (whole and p.kind is ProjectKind.WHOLE_UNIT)
            or (not whole and squeeze(p.name) == squeeze(expected["project"]))
        ]
        ok = any(squeeze(t) == squeeze(expected["goal"]) for t in texts)
        checked["goal"] += 1
        right["goal"] += ok
        if not ok:
            found = texts[0] if texts else "(no such project)"
            misses.append(
                Miss(path.name, str(expected["project"]), "goal", expected["goal"], found)
            )
