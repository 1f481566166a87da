"""What peers suggest, as rows of a draft: each with why it is suggested and the rows behind it."""

from collections.abc import Iterable

from corpus.layouts.levels import level2_of
from peers.records import Draft, PeerRow, Suggested, Suggestion
from peers.tables import DraftRow, DraftTable
from service.draft_records import KeptDraft, KeptRow, Origin, kept_row, with_rows

_BASIS = "参照同类单位"
_FROM_BUDGET = "项目预算"


def kept_table(table: DraftTable, unit: str = "", department: str = "") -> KeptDraft:
    """A drafted table as a draft; `unit` is whose it is.

    :raises DraftLimitError: it has too many rows, or a text is too long.
    """
    head = KeptDraft(
        project=table.project, unit=unit, department=department, budget_wan=table.budget_wan
    )
    return with_rows(head, [_row(row) for row in table.indicators])


def kept_suggestion(asked: Draft, answer: Suggested) -> KeptRow:
    """One suggested value as a row; its votes stand behind it.

    :raises DraftLimitError: a text is too long.
    """
    told = answer.suggestion
    spread = answer.distribution
    votes = f"，{spread.n} 条同类指标，{spread.units} 个单位" if spread else ""
    near = [row for row in answer.examples if row.near] or answer.examples
    return kept_row(
        asked.name,
        told.text if told else "",
        level2=asked.level2 or next((level2_of(row.level2) for row in near if row.level2), None),
        description=asked.description,
        basis=_basis(told, near),
        note=f"{_verdict(told)}{votes}。" if told else "",
        origins=_origins(near),
    )


def _row(row: DraftRow) -> KeptRow:
    support = f"{row.support.n} 个同类项目中 {row.support.k} 个有"
    refused = row.refusal.message if row.refusal else ""
    said = _verdict(row.suggestion) if row.suggestion else f"没有建议值（{refused}）"
    return kept_row(
        row.name,
        row.suggestion.text if row.suggestion else "",
        level1=row.level1,
        level2=row.level2,
        description=row.description,
        basis=_basis(row.suggestion, row.examples),
        note=f"{said}；{support}。",
        origins=_origins(row.examples),
    )


def _verdict(told: Suggestion) -> str:
    source = "按本项目预算" if told.from_budget else "参照同类"
    return f"建议 {told.text}（{source}，可信度 {told.confidence:.0%}）"


def _basis(told: Suggestion | None, examples: Iterable[PeerRow]) -> str:
    if not tuple(examples):
        return _FROM_BUDGET
    return _BASIS if told else ""


def _origins(rows: Iterable[PeerRow]) -> Iterable[Origin]:
    return (
        Origin(row.id, row.unit, row.project, row.year, row.name, row.value, row.source)
        for row in rows
    )
