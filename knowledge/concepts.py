"""Concepts: the indicators that departments know, each with the ways people say it.

One file of JSON lines in `concepts/` for each department, named by its key; the fields are those
of `Concept` without the department.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from errors import KnowledgeError
from knowledge.departments import departments as all_departments

CONCEPTS_FOLDER = Path(__file__).parent / "concepts"

LEVEL2 = (
    *("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度"),
    *("经济成本", "社会成本", "生态环境成本"),
)
"""二级指标, as the records spell them."""


class MeasureClass(StrEnum):
    """What kind of quantity tells an indicator."""

    SHARE = "share"
    COUNT = "count"
    MONEY = "money"
    UNIT_COST = "unit_cost"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    ENERGY = "energy"
    DURATION = "duration"
    DATE = "date"
    FREQUENCY = "frequency"
    SCORE = "score"
    DEGREE = "degree"


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Concept:
    """One indicator: its standard name, and what is known of it.

    `department` is the canonical spelling (教育; 通用 for all). `measures` are units of measure as
    printed, the usual one first; none where only words tell the target. `phrasings` mean exactly
    this indicator. `value` is one measurable target. `confused_with` names other concepts.
    """

    name: str
    department: str
    level2: str
    measure_class: MeasureClass
    measures: tuple[str, ...]
    polarity: Polarity
    phrasings: tuple[str, ...]
    value: str
    confused_with: tuple[str, ...]


_TEXTS = ("name", "level2", "measure_class", "polarity", "value")
_LISTS = ("measures", "phrasings", "confused_with")
_KEYS = frozenset((*_TEXTS, *_LISTS))


@cache
def concepts() -> tuple[Concept, ...]:
    """All concepts: by department in the order of its table, then as written.

    :raises KnowledgeError: a file is damaged, or a text stands for two concepts.
    """
    found = read_concepts(CONCEPTS_FOLDER)
    _refuse_doubles(found)
    return found


@cache
def departments() -> tuple[str, ...]:
    """Departments that have concepts, in the order of their table."""
    return tuple(dict.fromkeys(concept.department for concept in concepts()))


def read_concepts(folder: Path) -> tuple[Concept, ...]:
    """Concepts of a folder, each checked by itself.

    :raises KnowledgeError: there are none, or a line is no concept.
    """
    names = {department.key: department.name for department in all_departments()}
    paths = sorted(folder.glob("*.jsonl"))
    strange = [path.name for path in paths if path.stem not in names]
    if not paths or strange:
        raise KnowledgeError(
            f"expected .jsonl files named by departments in {folder}, "
            f"found {strange[0] if strange else 'none'}; restore the folder"
        )
    order = list(names)
    paths.sort(key=lambda path: order.index(path.stem))
    return tuple(concept for path in paths for concept in _read(path, names[path.stem]))


def _read(path: Path, department: str) -> Iterator[Concept]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"expected UTF-8 text in {path}, found: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _concept(json.loads(line), department)
        except ValueError as error:
            raise KnowledgeError(
                f"expected a concept in {path.name}, line {number}, found: {error}; "
                "mend the line or restore the file"
            ) from error


def _concept(given: Any, department: str) -> Concept:  # noqa: ANN401 - any JSON
    """:raises ValueError: saying what is wrong with it."""
    if not isinstance(given, dict) or given.keys() != _KEYS:
        keys = sorted(_KEYS ^ given.keys()) if isinstance(given, dict) else [type(given).__name__]
        raise ValueError(f"keys missing or unknown: {', '.join(keys)}")
    for key in _TEXTS:
        if not isinstance(given[key], str) or not given[key].strip():
            raise ValueError(f"{key} is no text: {given[key]!r}")
    for key in _LISTS:
        items = given[key]
        if not isinstance(items, list) or not all(isinstance(i, str) and i for i in items):
            raise ValueError(f"{key} is no list of texts: {items!r}")
        if len(set(items)) < len(items):
            raise ValueError(f"{key} holds a text twice: {items!r}")
    if given["level2"] not in LEVEL2:
        raise ValueError(f"level2 is unknown: {given['level2']!r}")
    if not given["measures"] and given["measure_class"] != MeasureClass.DEGREE:
        raise ValueError(f"measures are missing for {given['measure_class']!r}")
    return Concept(
        name=given["name"],
        department=department,
        level2=given["level2"],
        measure_class=MeasureClass(given["measure_class"]),
        measures=tuple(given["measures"]),
        polarity=Polarity(given["polarity"]),
        phrasings=tuple(given["phrasings"]),
        value=given["value"],
        confused_with=tuple(given["confused_with"]),
    )


def _refuse_doubles(found: Iterable[Concept]) -> None:
    told: dict[str, str] = {}
    for concept in found:
        for text in (concept.name, *concept.phrasings):
            if text in told:
                raise KnowledgeError(
                    f"expected each text for one concept, found {text!r} for "
                    f"{told[text]!r} and {concept.name!r}; `duibiao eval concepts` lists them"
                )
            told[text] = concept.name
