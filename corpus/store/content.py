"""The records of one document as the rows the store writes.

Making them is most of the work of storing a document, and they are plain texts and numbers: they
can be made in another process and sent over as JSON.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

from corpus.records import Parsed, Project
from corpus.store import rows
from corpus.store.identity import identity_of

Row = Sequence[Any]  # of texts, numbers and None


class TableRows(NamedTuple):
    """One project: its identity, and the rows of its head, goals and indicators."""

    identity: str
    head: Row
    goals: Sequence[Row]
    indicators: Sequence[Row]


@dataclass(frozen=True)  # without slots: the tables are kept once they were unpacked
class Content:
    """All rows of one document, packed as JSON; `digest` is a SHA-256 over them.

    `masked` is how much personal data the document holds, as a text for a cell.
    """

    digest: str
    problems: str
    notes: str
    packed: bytes
    masked: str = rows.NOTHING_MASKED

    @classmethod
    def of(cls, document_id: str, parsed: Parsed) -> Self:
        """Make the rows of what a document gave."""
        packed = pack(
            [
                _table_of(project, document_id, position)
                for position, project in enumerate(parsed.projects, start=1)
            ]
        )
        return cls(
            digest=hashlib.sha256(packed).hexdigest(),
            problems=rows.remarks_text(parsed.problems),
            notes=rows.remarks_text(parsed.notes),
            packed=packed,
            masked=rows.masked_text(parsed.masked),
        )

    @cached_property
    def tables(self) -> Sequence[TableRows]:
        """The rows of each project."""
        return [TableRows(*table) for table in json.loads(self.packed)]


def pack(tables: Sequence[TableRows]) -> bytes:
    """Rows as one line of JSON, which may hold what is no UTF-8 (a file's odd name)."""
    return json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _table_of(project: Project, document_id: str, position: int) -> TableRows:
    return TableRows(
        identity=identity_of(project, document_id, position),
        head=rows.head_row(project),
        goals=[rows.goal_row(goal) for goal in project.goals],
        indicators=[rows.indicator_row(indicator) for indicator in project.indicators],
    )
