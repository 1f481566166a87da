"""Target tables of invented units with the truth about every row: whose words, what is weak."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.specimens.entries import Entry, Table
from corpus.specimens.places import County
from corpus.specimens.programmes import Programme

_YEAR = re.compile(r"^20\d\d年")


class SheetKind(StrEnum):
    """How a table came to be.

    `own`: written for its project; `standard`: the fixed set of salaries, running costs or of a
    central transfer; `copied`: another unit's rows under another project name; `carried`: the
    unit's own table of the year before; `echo`: values repeat names; `one_value`: ≥95% everywhere.
    """

    OWN = "own"
    STANDARD = "standard"
    COPIED = "copied"
    CARRIED = "carried"
    ECHO = "echo"
    ONE_VALUE = "one_value"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its truth: the concept it measures ("" none), and the rules it breaks.

    `name_family` and `description_family` name the stock wording that the text was made from,
    "" where the text is its own.
    """

    entry: Entry
    concept: str = ""
    weak: tuple[str, ...] = ()
    name_family: str = ""
    description_family: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One project's table. `origin` is the sheet whose rows these are, itself where its own.

    `weak` names rules that the whole table breaks (P02, P03, P11); `goal_family` is "" for a goal
    text of its own.
    """

    id: str
    county: County
    department: str
    year: int
    programme: str
    title: str
    code: str
    budget_wan: float
    goal: str
    goal_family: str
    kind: SheetKind
    origin: str
    rows: tuple[Row, ...]
    weak: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit that publishes it."""
        return self.county.unit(self.department)

    @property
    def short_title(self) -> str:
        """The title without its year."""
        return short(self.title)

    @property
    def table(self) -> Table:
        """What is printed."""
        return Table(
            unit=self.unit,
            unit_code=self.county.unit_code(self.department),
            project=self.title,
            code=self.code,
            year=self.year,
            budget_wan=self.budget_wan,
            goal=self.goal,
            entries=tuple(row.entry for row in self.rows),
        )


def short(title: str) -> str:
    """A project's title without the year that it begins with."""
    return _YEAR.sub("", title)


@dataclass(frozen=True, slots=True)
class Habit:
    """How carefully a unit writes; shares of rows and of tables, 0 to 1."""

    weak_rows: float
    echo: float
    one_value: float
    copied: float
    stock_words: float


HABITS = (
    Habit(0.03, 0.0, 0.0, 0.05, 0.1),
    Habit(0.15, 0.04, 0.05, 0.15, 0.35),
    Habit(0.35, 0.15, 0.2, 0.3, 0.7),
)
"""Careful, ordinary and careless units."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is fixed of a table before its rows are written."""

    id: str
    county: County
    department: str
    year: int
    programme: Programme
    title: str
    code: str
    budget_wan: float
