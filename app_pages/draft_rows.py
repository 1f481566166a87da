"""Rows of a draft as the lines of an editor, and what was done in the editor as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.layouts.levels import PARENTS
from corpus.records import Level1, Level2
from service.draft_records import KeptRow, kept_row

PLACE, LEVEL1, LEVEL2 = "序号", "一级指标", "二级指标"
NAME, DESCRIPTION, VALUE, BASIS = "三级指标", "指标描述", "指标值", "依据"
COLUMNS = (PLACE, LEVEL1, LEVEL2, NAME, DESCRIPTION, VALUE, BASIS)


@dataclass(frozen=True, slots=True)
class Edits:
    """What an editor was told since its lines were laid out; places count from 0."""

    changed: Mapping[int, Mapping[str, Any]]
    added: Sequence[Mapping[str, Any]]
    deleted: frozenset[int]

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> "Edits":
        """From the state that Streamlit keeps of a data editor."""
        changed = state.get("edited_rows") or {}
        return cls(
            {int(place): cells for place, cells in changed.items()},
            tuple(state.get("added_rows") or ()),
            frozenset(int(place) for place in state.get("deleted_rows") or ()),
        )


def lines_of(rows: Sequence[KeptRow]) -> list[dict[str, object]]:
    """A line for each row; levels that are not told are empty."""
    return [
        {
            PLACE: place,
            LEVEL1: row.level1.value if row.level1 else None,
            LEVEL2: row.level2.value if row.level2 else None,
            NAME: row.name,
            DESCRIPTION: row.description,
            VALUE: row.value,
            BASIS: row.basis,
        }
        for place, row in enumerate(rows, start=1)
    ]


def edited(rows: Sequence[KeptRow], edits: Edits) -> tuple[tuple[KeptRow, ...], tuple[int, ...]]:
    """The rows after some edits, and the places (from 0, among `rows`) that were deleted.

    A row whose place in the order was changed stands there. A line that was added and says
    nothing yet is no row.

    :raises DraftLimitError: a text is too long.
    """
    kept: list[tuple[float, KeptRow]] = []
    for place, row in enumerate(rows):
        if place in edits.deleted:
            continue
        cells = edits.changed.get(place, {})
        order: float = place + 1
        if PLACE in cells and isinstance(cells[PLACE], int | float):
            asked = float(cells[PLACE])
            order = asked + (0.5 if asked > place + 1 else -0.5)  # past who stands there now
        kept.append((order, _changed(row, cells)))
    kept.sort(key=lambda one: one[0])
    fresh = [_changed(KeptRow(), cells) for cells in edits.added]
    said = [row for row in fresh if row != KeptRow()]
    deleted = tuple(sorted(place for place in edits.deleted if place < len(rows)))
    return (*(row for _, row in kept), *said), deleted


def is_as_shown(rows: Sequence[KeptRow], after: Sequence[KeptRow], edits: Edits) -> bool:
    """Whether an editor laid out with `rows` shows after its edits just what the rows are now."""
    if edits.deleted or any(PLACE in cells for cells in edits.changed.values()):
        return False
    lines = [{**line, **edits.changed.get(place, {})} for place, line in enumerate(lines_of(rows))]
    lines += [dict(cells) for cells in edits.added]
    shown = [_said(line) for line in lines]
    fresh = [line for line in shown[len(rows) :] if any(line)]
    return [*shown[: len(rows)], *fresh] == [_said(line) for line in lines_of(after)]


def _said(line: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(line.get(name) or "") for name in COLUMNS[1:])


def _changed(row: KeptRow, cells: Mapping[str, Any]) -> KeptRow:
    """The row with the cells that were written; its sources stay as they are."""
    if not any(name in cells for name in COLUMNS[1:]):
        return row
    level2 = _level(cells[LEVEL2], Level2) if LEVEL2 in cells else row.level2
    level1 = _level(cells[LEVEL1], Level1) if LEVEL1 in cells else row.level1
    if LEVEL1 in cells and LEVEL2 not in cells and level2 and level1 not in PARENTS[level2]:
        level2 = None  # the level that was chosen last holds
    written = kept_row(
        str(cells.get(NAME, row.name) or ""),
        str(cells.get(VALUE, row.value) or ""),
        level1=level1,
        level2=level2,
        description=str(cells.get(DESCRIPTION, row.description) or ""),
        basis=str(cells.get(BASIS, row.basis) or ""),
    )
    return replace(written, note=row.note, origins=row.origins)


def _level(said: object, kind: type[Level1] | type[Level2]) -> Any:  # noqa: ANN401 - of this kind
    return kind(str(said)) if said in tuple(kind) else None
