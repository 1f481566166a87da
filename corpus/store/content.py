"""The records of one document as the rows the store writes.

Making them is most of the work of storing a document, and they are plain texts and numbers: they
can be made in another process and sent over as JSON.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Content:
    """All rows of one document; `digest` is a SHA-256 over its projects.

    `masked` is how much personal data the document holds, as a text for a cell.
    """

    digest: str
    problems: str
    notes: str
    tables: Sequence[TableRows]
    masked: str = rows.NOTHING_MASKED

    @classmethod
    def of(cls, document_id: str, parsed: Parsed) -> Self:
        """Make the rows of what a document gave."""
        digest = hashlib.sha256()
        tables = []
        for position, project in enumerate(parsed.projects, start=1):
            table = _table_of(project, document_id, position)
            digest.update(repr(tuple(table)).encode("utf-8", "surrogatepass"))
            tables.append(table)
        return cls(
            digest=digest.hexdigest(),
            problems=rows.remarks_text(parsed.problems),
            notes=rows.remarks_text(parsed.notes),
            tables=tables,
            masked=rows.masked_text(parsed.masked),
        )

    def to_json(self) -> dict[str, object]:
        """Give an object that JSON can write."""
        return {
            "digest": self.digest,
            "problems": self.problems,
            "notes": self.notes,
            "tables": self.tables,
            "masked": self.masked,
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """Make it again from what `to_json` gave."""
        return cls(
            digest=found["digest"],
            problems=found["problems"],
            notes=found["notes"],
            tables=[TableRows(*table) for table in found["tables"]],
            masked=found["masked"],
        )


def _table_of(project: Project, document_id: str, position: int) -> TableRows:
    return TableRows(
        identity=identity_of(project, document_id, position),
        head=rows.head_row(project),
        goals=[rows.goal_row(goal) for goal in project.goals],
        indicators=[rows.indicator_row(indicator) for indicator in project.indicators],
    )
