"""How well documents are read: rows and fields against gold files (`duibiao eval parsing`).

A gold file stands beside its document as `<name>.gold.jsonl`; its keys are described in the
README of the layout examples. Rows are matched in document order by name and area.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    family = path.name.split("_")[1] if path.name.count("_") else ""
    return score_document(path.name, family, path.read_bytes(), gold)


def score_document(name: str, family: str, data: bytes, gold: Sequence[Gold]) -> FileScore:
    """Score the bytes of one document against its gold rows and goals."""
    rows = [g for g in gold if "goal" not in g]
    try:
        parsed = parse_bytes(data, name)
    except InputError as error:
        return _score(name, family, rows, [], _Tally(), str(error))
    found = [(p, i) for p in parsed.projects for i in p.indicators]
    pairs = list(_matches(rows, found))
    tally = _Tally()
    for expected, (project, indicator) in pairs:
        for key, ok, want, got in _compare(expected, project, indicator):
            tally.count(Miss(name, str(expected["name"]), key, want, got), ok=ok)
    _score_goals([g for g in gold if "goal" in g], parsed.projects, name, tally)
    paired = {id(e) for e, _ in pairs}
    tally.misses += [
        Miss(name, str(g["name"]), "row", "found", "") for g in rows if id(g) not in paired
    ]
    return _score(name, family, rows, found, tally, "", len(pairs))


@dataclass(slots=True)
class _Tally:
    """Fields compared, fields right, and what was wrong."""

    right: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def count(self, miss: Miss, *, ok: bool) -> None:
        self.checked[miss.field] += 1
        self.right[miss.field] += ok
        if not ok:
            self.misses.append(miss)


def _score(
    name: str,
    family: str,
    rows: Sequence[Gold],
    found: Sequence[object],
    tally: _Tally,
    error: str,
    matched: int = 0,
) -> FileScore:
    return FileScore(
        name, family, Path(name).suffix, len(rows), len(found), matched, tally.right,
        tally.checked, tuple(tally.misses), error,
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
    for key in ROW_FIELDS:
        if key in _IF_PRESENT and key not in gold:
            continue
        want = gold.get(key)
        allowed = [want, gold.get("level1_alt")] if key == "level1" else [want]
        ok = any(_same(w, got[key]) for w in allowed)
        yield key, ok, str(want), str(got[key])


def _as_gold(project: Project, indicator: Indicator) -> dict[str, Any]:
    value = indicator.value
    printed = value.measure_from not in (MeasureFrom.NONE, MeasureFrom.NAME)
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
    gold: Sequence[Gold], projects: Sequence[Project], name: str, tally: _Tally
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
        found = texts[0] if texts else "(no such project)"
        tally.count(Miss(name, str(expected["project"]), "goal", expected["goal"], found), ok=ok)
