"""What a check says: outcomes, findings, and how a project stands."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Indicator, Project, Source
from knowledge.rules import Head, Rule, Severity

GRAVE = frozenset((Severity.ERROR, Severity.WARNING))
"""A row with such a finding is weak; hints alone leave it standing."""


class Outcome(StrEnum):
    """What one rule says of one row or project."""

    FINDING = "finding"
    PASS = "pass"  # noqa: S105 - an outcome
    NOT_APPLICABLE = "not_applicable"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule function answers; the rest is for a finding.

    `field` is the field of the record at fault (name, value, description …), `span` the
    characters `text[start:end]` of it, None for all of it. `severity` replaces the rule's own
    where a case is milder. `suggestion` is a rewrite, "" where only a person can tell. `others`
    are further rows concerned (positions in the table, from 0).
    """

    outcome: Outcome
    message: str = ""
    field: str = ""
    span: tuple[int, int] | None = None
    severity: Severity | None = None
    suggestion: str = ""
    others: tuple[int, ...] = ()


PASS = Verdict(Outcome.PASS)
NOT_APPLICABLE = Verdict(Outcome.NOT_APPLICABLE)
NOT_ENOUGH_DATA = Verdict(Outcome.NOT_ENOUGH_DATA)


def finding(
    message: str,
    field: str = "",
    *,
    span: tuple[int, int] | None = None,
    severity: Severity | None = None,
    suggestion: str = "",
    others: tuple[int, ...] = (),
) -> Verdict:
    """A verdict that finds fault; see `Verdict`."""
    return Verdict(Outcome.FINDING, message, field, span, severity, suggestion, others)


@dataclass(frozen=True, slots=True)
class PeerExample:
    """A row of another unit that shows how it is done; `id` is its record in the corpus."""

    id: str
    name: str
    value: str
    unit: str
    project: str
    year: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule said of one row (`position` from 0 in its table) or project (None).

    Outcomes other than `finding` are kept too, so that a reader can see what was looked at.
    """

    rule: Rule
    outcome: Outcome
    severity: Severity
    message: str
    field: str
    span: tuple[int, int] | None
    position: int | None
    source: Source
    suggestion: str = ""
    peer_example: PeerExample | None = None
    others: tuple[int, ...] = ()

    @property
    def head(self) -> Head:
        """The review head of the rule."""
        return self.rule.head


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project stands, so that it can be followed: which rows, which rules, how many.

    `weak` and `noted` are positions of rows with an error or warning, and of rows with hints
    only; `measurable` of rows whose value can be measured on a day. `by_rule` and `by_head` count
    findings; `sentence` says it in Chinese.
    """

    rows: int
    measurable: tuple[int, ...]
    weak: tuple[int, ...]
    noted: tuple[int, ...]
    by_severity: dict[str, int]
    by_rule: dict[str, int]
    by_head: dict[str, int]
    sentence: str

    @property
    def measurable_share(self) -> float | None:
        """Measurable rows of all rows; None without rows."""
        return round(len(self.measurable) / self.rows, 3) if self.rows else None


@dataclass(frozen=True, slots=True)
class ProjectReview:
    """One project with all that the rules said, and how it stands."""

    project: Project
    outcomes: tuple[Finding, ...]
    standing: Standing

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Only what is at fault."""
        return tuple(one for one in self.outcomes if one.outcome is Outcome.FINDING)

    def of_row(self, position: int) -> tuple[Finding, ...]:
        """The findings of one row."""
        return tuple(one for one in self.findings if one.position == position)

    def row(self, position: int) -> Indicator:
        """The row at a position."""
        return self.project.indicators[position]
