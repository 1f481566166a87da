"""Rows that many tables rightly share: the fixed sets of salaries, running costs and transfers.

`standard_rows.jsonl` holds them. A row belongs to a set by its name and its whole value, so that
结余率 ≤50% is none of them.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from errors import KnowledgeError

STANDARD_ROWS_FILE = Path(__file__).parent / "standard_rows.jsonl"


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One row of a fixed set: `set` names it in Chinese; the value is sign, number and measure."""

    set: str
    name: str
    sign: str
    number: float
    measure: str


@cache
def standard_rows() -> tuple[StandardRow, ...]:
    """All rows of the fixed sets, as written.

    :raises KnowledgeError: a line is no such row.
    """
    try:
        lines = STANDARD_ROWS_FILE.read_text(encoding="utf-8").splitlines()
        return tuple(StandardRow(**json.loads(line)) for line in lines)
    except (OSError, ValueError, TypeError) as error:
        raise KnowledgeError(
            f"expected rows of fixed sets in {STANDARD_ROWS_FILE.name}, found: {error}; "
            "restore the file"
        ) from error
