"""Whether a target can be measured: of a value, and as SQL for the rows of a store.

Measurable is what a reviewer can hold against what was reached: a number or a day that was printed
and read, or words that tell a number, a grade or a state (每季度一次, 优良中差, 未发生).
"""

import sqlite3
from functools import lru_cache

from corpus.records import Value, ValueKind
from text.statements import Statement, statement_of

_TOLD = frozenset((Statement.GRADED, Statement.CHECKED, Statement.COUNTED))
_FUNCTION = "tells_a_target"

MEASURABLE = f"""CASE
    WHEN echo OR unreadable THEN 0
    WHEN value_kind = '{ValueKind.NUMERIC}' THEN number IS NOT NULL
    WHEN value_kind = '{ValueKind.DEADLINE}' THEN deadline <> ''
    WHEN value_kind = '{ValueKind.QUALITATIVE}' THEN {_FUNCTION}(value_raw)
    ELSE 0 END"""
"""`is_measurable` of rows of the table `indicator`, after `teach`."""


def is_measurable(value: Value) -> bool:
    """Whether a value can be held against what was reached."""
    if value.echo or value.unreadable:
        return False
    if value.kind is ValueKind.NUMERIC:
        return value.number is not None
    if value.kind is ValueKind.DEADLINE:
        return bool(value.deadline)
    return value.kind is ValueKind.QUALITATIVE and tells_a_target(value.raw)


@lru_cache(maxsize=65536)  # words recur: 有所提升 stands in every third table
def tells_a_target(text: str) -> bool:
    """Whether words tell something that can be true or false on a day."""
    return statement_of(text) in _TOLD


def teach(connection: sqlite3.Connection) -> None:
    """Make `MEASURABLE` known to a connection."""
    connection.create_function(_FUNCTION, 1, tells_a_target, deterministic=True)
