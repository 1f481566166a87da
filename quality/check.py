"""Checking a project: every rule on every row and on the whole."""

from collections.abc import Iterable, Sequence

from corpus.records import Indicator, Project, Remark, Source
from knowledge.rules import Rule, rules
from quality.context import PeerAnswers, RowContext, TableContext
from quality.findings import (
    GRAVE,
    NOT_APPLICABLE,
    Finding,
    Outcome,
    ProjectReview,
    Verdict,
)
from quality.lookup import ConceptLookup
from quality.rules import ROW_RULES, TABLE_RULES, RowVerdicts, left_over_goal
from quality.standing import standing_of

# What mends these is no percentage.
_NO_SHARE = frozenset(("T02",))
# A row of a fixed set stands as it is; only damage of its value is looked for.
_OF_STANDARD_ROWS = frozenset(("V01", "V02", "V04"))


def check_project(
    project: Project,
    lookup: ConceptLookup,
    *,
    remarks: Sequence[Remark] = (),
    peers: PeerAnswers | None = None,
) -> ProjectReview:
    """Judge one project by all rules.

    `remarks` are what the reader said of its part of the document. Without `peers` the rules that
    need them answer `not_enough_data`, and findings have no peer example.
    """
    lookup.learn(row.name for row in project.indicators)
    table = TableContext(project, lookup, remarks, peers)
    verdicts = _row_verdicts(table)
    outcomes = [*_of_rows(table, verdicts), *_of_table(table, verdicts)]
    return ProjectReview(project, tuple(outcomes), standing_of(project, outcomes))


def is_sound_row(row: Indicator, project: Project, lookup: ConceptLookup) -> bool:
    """Whether no row rule has an error or warning for a row, taken by itself: an example."""
    context = TableContext(_with_rows(project, (row,)), lookup).rows[0]
    grave = (
        verdict.severity or rules()[rule].severity
        for rule, verdict in _verdicts(context).items()
        if verdict.outcome is Outcome.FINDING
    )
    return not any(severity in GRAVE for severity in grave)


def _with_rows(project: Project, rows: tuple[Indicator, ...]) -> Project:
    return Project(
        unit=project.unit,
        name=project.name,
        year=project.year,
        year_inferred=project.year_inferred,
        budget_wan=project.budget_wan,
        indicators=rows,
    )


def _verdicts(context: RowContext) -> dict[str, Verdict]:
    standard = context.is_standard
    return {
        rule: NOT_APPLICABLE if standard and rule not in _OF_STANDARD_ROWS else judge(context)
        for rule, judge in ROW_RULES.items()
    }


def _row_verdicts(table: TableContext) -> RowVerdicts:
    by_row = [_verdicts(context) for context in table.rows]
    return {rule: [verdicts[rule] for verdicts in by_row] for rule in ROW_RULES}


def _of_rows(table: TableContext, verdicts: RowVerdicts) -> Iterable[Finding]:
    for context in table.rows:
        for rule in ROW_RULES:
            verdict = verdicts[rule][context.position]
            yield _finding(rules()[rule], verdict, context.row.source, context)


def _of_table(table: TableContext, verdicts: RowVerdicts) -> Iterable[Finding]:
    source = table.project.source
    for verdict in left_over_goal(table):
        yield _finding(rules()["L01"], verdict, source)
    for rule, judge in TABLE_RULES.items():
        for verdict in judge(table, verdicts):
            yield _finding(rules()[rule], verdict, source)


def _finding(
    rule: Rule, verdict: Verdict, source: Source, context: RowContext | None = None
) -> Finding:
    is_fault = verdict.outcome is Outcome.FINDING
    severity = verdict.severity or rule.severity
    example, suggestion = None, verdict.suggestion
    peers = context.table.peers if context else None
    if is_fault and context and peers and severity in GRAVE:
        example = peers.example(context.row, context.table.project)
        suggestion = suggestion or peers.suggestion(context.row, context.table.project)
    if is_fault and context and not suggestion and severity in GRAVE:
        suggestion = _usual_value(context)
    if rule.id in _NO_SHARE and "%" in suggestion:
        suggestion = ""  # the very fault, though others write so too
    return Finding(
        rule=rule,
        outcome=verdict.outcome,
        severity=severity,
        message=verdict.message,
        field=verdict.field,
        span=verdict.span,
        position=context.position if context else None,
        source=source,
        suggestion=suggestion,
        peer_example=example,
        others=verdict.others,
    )


def _usual_value(context: RowContext) -> str:
    """How the indicator of just this name is usually measured; "" for names that none knows."""
    known = context.known
    return known.concept.value if known is not None and known.exact else ""
