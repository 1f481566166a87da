"""What is asked of peers, and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from corpus.records import Level2, Operator, Source, Value
from knowledge.concepts import MeasureClass


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """An indicator that is being written, with what is known of its project.

    `budget_wan` is 万元. Rows of `exclude_unit` are no peers. `where` filters peers as in a search
    (see `SearchRequest`); `scale_like` keeps only peers of like scale (see `peers.scale`).
    """

    name: str
    description: str = ""
    level2: Level2 | None = None
    project: str = ""
    department: str = ""
    county: str = ""
    budget_wan: float | None = None
    exclude_unit: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    scale_like: bool = False


class Reach(StrEnum):
    """How near a peer's indicator is: the same one, or another one of its family (合格率)."""

    SAME = "same"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value made comparable: `number` in the base of its `scale` (see `peers.quantities`).

    Two quantities can be compared where class and scale are equal. `measure` is how the row
    prints it, canonical.
    """

    measure_class: MeasureClass
    scale: str
    number: float
    measure: str


@dataclass(frozen=True, slots=True)
class Peer:
    """An indicator of another unit that means what the draft means, or is of its family.

    `concept` tells indicators that mean the same by one name. `quantity` is None where the value
    cannot be measured; `fits` is False where it cannot be the value of such a name
    (完成项目数量 ≥95%). `weight` says how near it is in scale, 0 to 1. `copies` counts the rows
    that this one stands for: others of its unit, and tables copied from one another.
    """

    id: str
    project_id: str
    reach: Reach
    score: float
    band: str
    concept: str
    name: str
    description: str
    level1: str
    level2: str
    value: Value
    text: str
    unit: str
    county: str
    department: str
    project: str
    year: int | None
    budget_wan: float | None
    source: Source
    quantity: Quantity | None = None
    fits: bool = True
    weight: float = 1.0
    copies: int = 1


class RefusalCode(StrEnum):
    """Why no value is suggested."""

    NOT_MEASURABLE = "not_measurable"
    BAND_TOO_LOW = "band_too_low"
    ONLY_ECHO = "only_echo"
    TOO_FEW_PEERS = "too_few_peers"
    MEASURES_DISAGREE = "measures_disagree"
    VALUES_DISAGREE = "values_disagree"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no value is suggested, in words for people."""

    code: RefusalCode
    message: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to write. `text` is ready to paste (≥48期, 12月底前).

    `number` and `number_base` are the same amount, in `measure` and in the base of its scale; of
    a deadline they are the month, and `deadline` its two digits. `confidence` (0 to 1) is how often
    such a suggestion is near what a unit sets (see `peers.confidence`). `reach`: whether it comes
    from the same indicator or from its family; `from_budget`: whether it was scaled to the budget.
    """

    operator: Operator
    number: float
    measure: str
    text: str
    confidence: float
    measure_class: MeasureClass
    reach: Reach
    from_budget: bool = False
    deadline: str = ""
    number_base: float = 0.0
    scale: str = ""


@dataclass(frozen=True, slots=True)
class CommonText:
    """A value as printed, and how many votes print it."""

    text: str
    n: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """What the votes say: `n` votes of `units` units, in `measure`.

    Quartiles are those of the plain votes (linear between them); of deadlines only the earliest
    and the latest month are given, as they are not averaged. `common` are the most frequent
    values; `concentration` is the share of votes near the suggestion.
    """

    n: int
    units: int
    min: float | None
    q1: float | None
    median: float | None
    q3: float | None
    max: float | None
    measure: str
    common: tuple[CommonText, ...]
    concentration: float


@dataclass(frozen=True, slots=True)
class PerBudget:
    """Values for each 万元 of budget: `measure` is 期/万元; spreads are of natural logarithms.

    `explains_better`: the votes agree more per 万元 than as they are.
    """

    n: int
    q1: float
    median: float
    q3: float
    measure: str
    spread: float
    spread_raw: float
    explains_better: bool


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How usual the suggested value is among `n` votes of the same family.

    `ceiling`: a rate that has to be met in full (资金拨付及时率 =100%). `informative` is False
    where most of the family prints it and it is no such ceiling; `sharper` is then a stricter
    value that peers have, "" where none does, with `sharper_n` votes.
    """

    family: str
    text: str
    share: float
    n: int
    units: int
    ceiling: bool
    informative: bool
    sharper: str
    sharper_n: int


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A row shown, with the keys of a hit; `number` is in the measure of the distribution.

    `near`: whether it is near the suggestion. `vote`: whether it counts in the distribution.
    """

    rank: int
    id: str
    project_id: str
    reach: Reach
    score: float
    band: str
    name: str
    description: str
    value: str
    level1: str
    level2: str
    unit: str
    county: str
    department: str
    project: str
    year: int | None
    budget_wan: float | None
    source: Source
    copies: int
    weight: float
    vote: bool
    near: bool
    number: float | None


@dataclass(frozen=True, slots=True)
class Rephrased:
    """A peer's wording of the same indicator that says more, and what it says more."""

    id: str
    name: str
    description: str
    unit: str
    source: Source
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The answer: a suggestion or a refusal, and all the rows that it rests on.

    `peers` counts the rows met, `units` their units. `rows` are all votes of the distribution,
    `examples` the best of them (in a refusal: what there is), `siblings` measurable indicators to
    take instead.
    """

    name: str
    concept: str
    suggestion: Suggestion | None
    refusal: Refusal | None
    peers: int
    units: int
    distribution: Distribution | None
    per_budget: PerBudget | None
    base_rate: BaseRate | None
    rows: tuple[PeerRow, ...]
    examples: tuple[PeerRow, ...]
    siblings: tuple[PeerRow, ...]
    rephrased: tuple[Rephrased, ...]
    took_ms: float = 0.0
