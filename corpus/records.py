"""The records that everyone passes round: documents, projects, goals, indicators, values.

A record is what one row of one document says. Its identity is its place in that document,
never its text: two counties with the same row are two records.
"""

from dataclasses import field
from enum import StrEnum

from corpus.frozen import frozen


class Level1(StrEnum):
    """一级指标, normalised."""

    OUTPUT = "产出指标"
    BENEFIT = "效益指标"
    SATISFACTION = "满意度指标"
    COST = "成本指标"


class Level2(StrEnum):
    """二级指标, normalised; both official trees (成本 below 产出, or a level 1 of its own)."""

    QUANTITY = "数量"
    QUALITY = "质量"
    TIMELINESS = "时效"
    COST = "成本"
    ECONOMIC = "经济效益"
    SOCIAL = "社会效益"
    ECOLOGICAL = "生态效益"
    SUSTAINABLE = "可持续影响"
    SATISFACTION = "满意度"
    ECONOMIC_COST = "经济成本"
    SOCIAL_COST = "社会成本"
    ECOLOGICAL_COST = "生态环境成本"


class ValueKind(StrEnum):
    """What sort of target value a cell holds."""

    NUMERIC = "numeric"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"
    EMPTY = "empty"


class Operator(StrEnum):
    """The sign of a target value; empty where none is printed."""

    NONE = ""
    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    MORE = ">"
    LESS = "<"
    WITHIN = "±"


class MeasureFrom(StrEnum):
    """Where the unit of measure was printed; `both`: in the value and in a column beside it."""

    NONE = ""
    VALUE = "value"
    COLUMN = "column"
    BOTH = "both"
    NAME = "name"


class ProjectKind(StrEnum):
    """A budget project, or the targets of a whole department (部门整体)."""

    PROJECT = "project"
    WHOLE_UNIT = "whole_unit"


class Form(StrEnum):
    """Which sheet of the budget cycle a table is."""

    TARGET = "target"
    SELF_EVALUATION = "self_evaluation"
    MONITORING = "monitoring"


@frozen
class Source:
    """Where a record stands: file name as given, place inside it, row (see DESIGN, section 5)."""

    file: str = ""
    place: str = ""
    row: int = 0


@frozen
class Value:
    """指标值: the printed cell and what it says.

    `number` and `measure` are as printed (5, 万次); `canonical_number` and `canonical_measure`
    are comparable across documents (50000, 次; money in 万元; shares in %). `deadline` is
    YYYY-MM-DD, YYYY-MM, MM-DD or MM where the cell names a date, else "". An unreadable value
    has no number.
    """

    raw: str = ""
    kind: ValueKind = ValueKind.EMPTY
    echo: bool = False
    unreadable: bool = False
    operator: Operator = Operator.NONE
    number: float | None = None
    number_high: float | None = None
    measure: str = ""
    measure_from: MeasureFrom = MeasureFrom.NONE
    canonical_number: float | None = None
    canonical_measure: str = ""
    deadline: str = ""


@frozen
class GradeStandard:
    """One graded standard of an indicator: grade 优, 良, 中 or 差, and what earns it."""

    grade: str
    standard: str


@frozen
class Indicator:
    """One row of a target table. `weight` in points; `area` is the township of its column."""

    name: str
    value: Value = Value()
    level1: Level1 | None = None
    level2: Level2 | None = None
    level1_raw: str = ""
    level2_raw: str = ""
    description: str = ""
    basis: str = ""
    weight: float | None = None
    actual: str = ""
    grades: tuple[GradeStandard, ...] = ()
    area: str = ""
    source: Source = Source()


@frozen
class Quantity:
    """A number met in running text: 播出240期 → number 240, measure 期, text as printed."""

    number: float
    measure: str
    text: str


@frozen
class Goal:
    """One clause of a goal text; `order` counts from 1 within its project.

    `section` is the heading it stands under (总体绩效目标, 分项绩效目标, 工作保障措施), or "";
    `paragraph` counts the paragraphs of the project from 1.
    """

    order: int
    text: str
    section: str = ""
    paragraph: int = 1
    quantities: tuple[Quantity, ...] = ()
    source: Source = Source()


@frozen
class SpendingStep:
    """One step of the spending plan: by when (3月底) and the share printed (25%), in percent."""

    by: str
    share: str
    percent: float | None


@frozen
class Inferred:
    """Where and of which department a project is, where its document does not print it.

    Told by codes, names, the file or its folder (see `corpus.where`); "" where unknown.
    """

    province: str = ""
    city: str = ""
    county: str = ""
    department: str = ""


@frozen
class Project:
    """One target table with its head: a budget project, or a whole unit (name empty).

    `budget_wan` is 万元. `year`, `province`, `city`, `county` and `department` are as printed;
    `year_inferred` and `inferred` hold what is told by other things, only for what is not printed
    (see `corpus.where.settled` for what holds).
    """

    unit: str = ""
    unit_code: str = ""
    name: str = ""
    code: str = ""
    year: int | None = None
    year_inferred: int | None = None
    budget_wan: float | None = None
    kind: ProjectKind = ProjectKind.PROJECT
    form: Form = Form.TARGET
    purpose: str = ""
    goal: str = ""
    spending_plan: tuple[SpendingStep, ...] = ()
    province: str = ""
    city: str = ""
    county: str = ""
    department: str = ""
    inferred: Inferred = Inferred()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    source: Source = Source()


@frozen
class Remark:
    """Something said about a place in a file: a problem (not read) or a note (left out)."""

    file: str
    place: str
    reason: str


@frozen
class Masked:
    """How many different names and numbers of persons a document holds; none of them is kept."""

    names: int = 0
    phones: int = 0
    ids: int = 0
    emails: int = 0
    accounts: int = 0


@frozen
class Parsed:
    """All that one document gave."""

    projects: tuple[Project, ...] = ()
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    masked: Masked = Masked()


@frozen
class Document:
    """One file as published. `id` is the SHA-256 of its bytes (hex)."""

    id: str
    name: str
    path: str
    size: int
    added: str = ""
    parsed: Parsed = field(default=Parsed())
