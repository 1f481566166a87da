"""Project types of the invented counties: what is paid for, and by which concepts it is measured.

The table is `programmes.tsv`; its concepts are those of `knowledge.concepts`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from errors import KnowledgeError
from knowledge.concepts import Concept, concepts
from knowledge.departments import GENERAL

_TABLE = Path(__file__).parent / "programmes.tsv"


@dataclass(frozen=True, slots=True)
class Programme:
    """A project type. `department` is a key of the table of departments.

    `transfer`: a central transfer, whose table is a fixed set of rows everywhere. `titles` are
    names that units give such a project; `budget_wan` is the usual budget in 万元, for which the
    concepts' own values are the usual figures.
    """

    department: str
    transfer: bool
    titles: tuple[str, ...]
    aim: str
    budget_wan: float
    concepts: tuple[Concept, ...]

    @property
    def key(self) -> str:
        """What names it in the truth: its first title."""
        return self.titles[0]


@cache
def programmes(department: str) -> tuple[Programme, ...]:
    """The project types of a department, then those that all departments have."""
    return tuple(one for key in (department, GENERAL) for one in _all() if one.department == key)


@cache
def _all() -> tuple[Programme, ...]:
    known = {concept.name: concept for concept in concepts()}
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(_read(line, known) for line in lines if not line.startswith("#"))


def _read(line: str, known: dict[str, Concept]) -> Programme:
    try:
        department, kind, titles, aim, budget, names = line.split("\t")
        measured = tuple(known[name] for name in names.split())
        return Programme(
            department, kind == "transfer", tuple(titles.split("、")), aim, float(budget), measured
        )
    except (ValueError, KeyError) as error:
        raise KnowledgeError(
            f"expected six fields and names of concepts in {_TABLE.name}, found {error}: {line!r}"
        ) from error
