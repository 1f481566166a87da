"""The whole corpus at a glance: one light line for each active project, and what was not read.

Counted by SQLite in one pass over the rows, for pages that show how much there is of what.
"""

import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.records import Inferred, Project, ProjectKind

if TYPE_CHECKING:
    from corpus.where import Settled

_COUNTS = "SELECT project, count(*), sum({measurable}) FROM indicator GROUP BY project"
_LINES = """
    SELECT row, id, document_id, unit, name, kind, year, year_inferred,
        province, city, county, department,
        province_inferred, city_inferred, county_inferred, department_inferred
    FROM project WHERE active ORDER BY document_id, position
"""
_FLAWED = """
    SELECT count(*), coalesce(sum(json_array_length(problems)), 0) FROM document
    WHERE problems <> '[]'
"""
_GOALS = "SELECT count(*) FROM goal JOIN project ON project = project.row WHERE active"


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """An active project as an overview counts it; place, department and year as settled.

    `rows` are its indicators, `measurable` those of them that `corpus.measurable` says are.
    """

    id: str
    document_id: str
    unit: str
    name: str
    kind: ProjectKind
    year: int | None
    province: str
    city: str
    county: str
    department: str
    rows: int
    measurable: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All projects, and figures of what they stand in.

    `flawed` are documents in which some place was not read, `problems` all such places.
    """

    documents: int
    flawed: int
    problems: int
    goals: int
    lines: tuple[ProjectLine, ...]


def overview(connection: sqlite3.Connection) -> Overview:
    """Count the corpus; takes some seconds for a million indicators."""
    from corpus.measurable import MEASURABLE, teach  # patterns that a search does not need

    teach(connection)
    counted = connection.execute(_COUNTS.format(measurable=MEASURABLE))
    counts = {row: (rows, measurable) for row, rows, measurable in counted}
    flawed, problems = connection.execute(_FLAWED).fetchone()
    return Overview(
        documents=int(connection.execute("SELECT count(*) FROM document").fetchone()[0]),
        flawed=int(flawed),
        problems=int(problems),
        goals=int(connection.execute(_GOALS).fetchone()[0]),
        lines=tuple(
            _line(found[1:], *counts.get(found[0], (0, 0))) for found in connection.execute(_LINES)
        ),
    )


def _line(found: tuple[str, ...], rows: int, measurable: int) -> ProjectLine:
    own_id, document_id, unit, name, kind, *rest = found
    where = _settled(*rest)
    return ProjectLine(
        id=own_id,
        document_id=document_id,
        unit=unit,
        name=name,
        kind=ProjectKind.WHOLE_UNIT if kind == ProjectKind.WHOLE_UNIT else ProjectKind.PROJECT,
        year=where.year,
        province=where.province,
        city=where.city,
        county=where.county,
        department=where.department,
        rows=rows,
        measurable=measurable,
    )


@lru_cache(maxsize=16_384)  # all projects of a unit and a year tell the same
def _settled(
    year: str | None,
    year_inferred: str | None,
    province: str,
    city: str,
    county: str,
    department: str,
    *inferred: str,
) -> "Settled":
    from corpus.where import settled  # the divisions are needed here only, not in a search

    return settled(
        Project(
            year=None if year is None else int(year),
            year_inferred=None if year_inferred is None else int(year_inferred),
            province=province,
            city=city,
            county=county,
            department=department,
            inferred=Inferred(*inferred),
        )
    )
