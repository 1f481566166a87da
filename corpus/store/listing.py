"""The corpus as an index is made from it: of each record only what is searched, filtered, shown."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Self

from corpus.records import Project, ProjectKind, Source, Value
from corpus.store import rows
from corpus.store.corrected import corrected_fields, corrections_of
from corpus.store.identity import goal_id, indicator_id
from corpus.store.stored import StoredProject


class ListedGoal(NamedTuple):
    """A goal, its text and where it stands."""

    id: str
    text: str
    source: Source


class ListedIndicator(NamedTuple):
    """An indicator; a level that is not known is ""."""

    id: str
    name: str
    description: str
    level1: str
    level2: str
    value: Value
    source: Source


@dataclass(frozen=True, slots=True)
class ListedProject:
    """An active project; `head` is without its rows.

    `corrected` holds the ids of its records with something put right.
    """

    id: str
    head: Project
    goals: tuple[ListedGoal, ...]
    indicators: tuple[ListedIndicator, ...]
    corrected: frozenset[str]

    @classmethod
    def of(cls, stored: StoredProject) -> Self:
        """What is listed of a whole project."""
        project = stored.project
        return cls(
            stored.id,
            project,
            tuple(
                ListedGoal(goal_id(stored.id, place), goal.text, goal.source)
                for place, goal in enumerate(project.goals, start=1)
            ),
            tuple(
                ListedIndicator(
                    own_id,
                    found.name,
                    found.description,
                    found.level1 or "",
                    found.level2 or "",
                    found.value,
                    found.source,
                )
                for own_id, found in zip(stored.indicator_ids, project.indicators, strict=True)
            ),
            stored.corrected,
        )


class SearchedTexts(NamedTuple):
    """What of records is searched, each text once, none "".

    `lines` are names, descriptions, goals and purposes, and the names of units that have a table
    of their own; `goals` are whole goal texts of projects.
    """

    lines: tuple[str, ...]
    goals: tuple[str, ...]


# All names put into these statements are constants of `corpus.store.rows`.
_ROWS = (
    "(SELECT row FROM project WHERE active "
    "AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids))))"
)
_HEADS = f"SELECT row, id, {rows.HEAD_COLUMNS} FROM project WHERE row IN {_ROWS} ORDER BY row"  # noqa: S608
_GOALS = (
    "SELECT project, position, text, source_file, source_place, source_row FROM goal "  # noqa: S608
    f"WHERE project IN {_ROWS} ORDER BY project, position"
)
_INDICATORS = (
    "SELECT project, position, name, description, coalesce(level1, ''), coalesce(level2, ''), "  # noqa: S608
    f"source_file, source_place, source_row, {rows.VALUE_COLUMNS} FROM indicator "
    f"WHERE project IN {_ROWS} ORDER BY project, position"
)


_LINES = (
    f"SELECT name, description FROM indicator WHERE project IN {_ROWS}",  # noqa: S608
    f"SELECT text, '' FROM goal WHERE project IN {_ROWS}",  # noqa: S608
    f"SELECT name, purpose FROM project WHERE row IN {_ROWS}",  # noqa: S608
    f"SELECT unit, '' FROM project WHERE kind = '{ProjectKind.WHOLE_UNIT}' AND row IN {_ROWS}",  # noqa: S608
)
_WHOLE_GOALS = f"SELECT goal FROM project WHERE row IN {_ROWS}"  # noqa: S608


def searched_texts(connection: sqlite3.Connection) -> SearchedTexts:
    """The texts of all active records: they are found far sooner than the records themselves."""
    asked = {"ids": None}
    pairs = chain.from_iterable(connection.execute(statement, asked) for statement in _LINES)
    lines = dict.fromkeys(chain.from_iterable(pairs))
    goals = dict.fromkeys(chain.from_iterable(connection.execute(_WHOLE_GOALS, asked)))
    return SearchedTexts(tuple(filter(None, lines)), tuple(filter(None, goals)))


def listed(
    connection: sqlite3.Connection, ids: Collection[str] | None = None
) -> Iterator[ListedProject]:
    """All active projects, or those asked for, in no order that means anything."""
    asked = {"ids": None if ids is None else json.dumps(list(ids))}
    heads = connection.execute(_HEADS, asked).fetchall()
    names = {row[0]: row[1] for row in heads}
    goals: defaultdict[int, list[ListedGoal]] = defaultdict(list)
    for row, position, text, *source in connection.execute(_GOALS, asked):
        goals[row].append(ListedGoal(goal_id(names[row], position), text, Source(*source)))
    found: defaultdict[int, list[ListedIndicator]] = defaultdict(list)
    for row, position, *texts in connection.execute(_INDICATORS, asked):
        name, description, level1, level2, file, place, line, *value = texts
        found[row].append(
            ListedIndicator(
                indicator_id(names[row], position),
                name,
                description,
                level1,
                level2,
                rows.value_from(tuple(value)),
                Source(file, place, line),
            )
        )
    corrected = corrected_fields(connection)
    for row, own_id, *head in heads:
        put_right = corrections_of(own_id, corrected.get(row, ()))
        yield ListedProject(
            own_id,
            rows.head_from(tuple(head)),
            tuple(goals[row]),
            tuple(found[row]),
            frozenset([one.id for one in put_right]),
        )
