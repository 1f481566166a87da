"""What boilerplate is made of: texts with their records, families, members, shares."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Source


class Kind(StrEnum):
    """Which texts are compared. `paragraph`: the sentences of a unit's narrative part."""

    NAME = "name"
    DESCRIPTION = "description"
    VALUE = "value"
    GOAL = "goal"
    PARAGRAPH = "paragraph"
    TABLE = "table"


class Form(StrEnum):
    """Why texts are one family.

    `shared`: the same wording. `echo`: values or descriptions that only repeat the name of their
    row; tables most of whose values do. `one_value`: tables with one value on most rows.
    """

    SHARED = "shared"
    ECHO = "echo"
    ONE_VALUE = "one_value"


class Stage(StrEnum):
    """What found a member: equal after normalising, equal parts, or a near meaning."""

    EXACT = "exact"
    SHINGLE = "shingle"
    VECTOR = "vector"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one record in the form that is compared.

    `masked` has marks where the words of its own project stood, `fills` those words in order (see
    `peers.boilerplate.masks`). `standard` says which fixed set the record belongs to, "" none.
    """

    id: str
    project_id: str
    document_id: str
    unit: str
    project: str
    year: int | None
    text: str
    masked: str
    fills: tuple[str, ...] = ()
    echo: bool = False
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a family; `score` (0 to 1) is its likeness to the family's commonest text."""

    id: str
    project_id: str
    unit: str
    year: int | None
    score: float
    stage: Stage


@dataclass(frozen=True, slots=True)
class Fill:
    """What stands in a slot, and in how many members."""

    text: str
    n: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a template where members differ; `template[start:end]` is its label."""

    label: str
    start: int
    end: int
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A member with its text, to be shown with its family."""

    id: str
    project_id: str
    unit: str
    project: str
    year: int | None
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many members of a family a unit has."""

    unit: str
    n: int


@dataclass(frozen=True, slots=True)
class Family:
    """Texts of one wording. `size` counts members, `texts` how many different texts they are.

    `first_year` is the earliest year known and `first_units` who had it then. `standard`: sharing
    it is legitimate, `why_standard` says why (a fixed set, a prescribed table, a standard name),
    "" where it is not. `id` holds within one index generation.
    """

    id: str
    kind: Kind
    form: Form
    template: str
    slots: tuple[Slot, ...]
    size: int
    texts: int
    units: int
    years: tuple[int, ...]
    first_year: int | None
    first_units: tuple[str, ...]
    standard: bool
    why_standard: str
    by_unit: tuple[UnitCount, ...]
    examples: tuple[Example, ...]

    @property
    def idle(self) -> bool:
        """Whether its texts count as boilerplate: shared by units without right, or echoes.

        A value with a number says something, however many others say the same.
        """
        if self.form is Form.ECHO:
            return True
        measured = self.kind is Kind.VALUE and any(sign.isdigit() for sign in self.template)
        return self.units > 1 and not self.standard and not measured


@dataclass(frozen=True, slots=True)
class Share:
    """How much of what a unit or a document says is boilerplate (0 to 1).

    `texts` counts names, descriptions, goals and paragraphs, `shared` those of families that two
    units or more use without right, `echo` the values that only repeat their row.
    """

    name: str
    texts: int
    shared: int
    echo: int
    share: float


@dataclass(frozen=True, slots=True)
class CopiedTables:
    """Two units with tables that are alike beyond the standard rows.

    `tables` counts pairs of tables, `likeness` (0 to 1) is that of the best pair, whose projects
    `one` and `other` are ids.
    """

    unit: str
    other_unit: str
    tables: int
    likeness: float
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class MemberText:
    """A member as a person reads it: what it says, and where."""

    id: str
    project_id: str
    unit: str
    project: str
    year: int | None
    name: str
    text: str
    score: float
    stage: Stage
    source: Source
