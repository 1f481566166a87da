"""Records as search sees them: their texts, what they can be filtered by, what a hit shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from corpus.records import Goal, Indicator, Project, ProjectKind, Source, Value, ValueKind
from corpus.store.identity import goal_id
from corpus.store.store import StoredProject
from index.results import Scope

_OF_THE_PROJECT = ("province", "city", "county", "unit", "department", "year")
_OF_THE_INDICATOR = ("level1", "level2", "value_kind", "measurable")

# What a record of each scope can be filtered by.
FILTERS: dict[Scope, tuple[str, ...]] = {
    Scope.INDICATOR: _OF_THE_PROJECT + _OF_THE_INDICATOR,
    Scope.GOAL: _OF_THE_PROJECT,
    Scope.PROJECT: _OF_THE_PROJECT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a scope. `filters` holds one text for each of the scope's `FILTERS`.

    `name`, `description`, `project` and `goal` (of a project, its whole text) are searched.
    `corrected`: a person has put something in it right.
    """

    id: str
    project_id: str
    project: str
    name: str
    description: str
    value: str
    source: Source
    filters: tuple[str, ...]
    corrected: bool = False
    goal: str = ""


def rows_of(projects: Iterable[StoredProject]) -> dict[Scope, list[Row]]:
    """The records of all scopes, each scope by id."""
    rows: dict[Scope, list[Row]] = {scope: [] for scope in Scope}
    for stored in projects:
        project, corrected = stored.project, stored.corrected
        filters = _project_filters(project)
        rows[Scope.PROJECT].append(_project_row(stored, filters))
        rows[Scope.GOAL].extend(
            _goal_row(goal_id(stored.id, place), stored, goal, filters)
            for place, goal in enumerate(project.goals, start=1)
        )
        rows[Scope.INDICATOR].extend(
            _indicator_row(own_id, stored, indicator, filters, corrected=own_id in corrected)
            for own_id, indicator in zip(stored.indicator_ids, project.indicators, strict=True)
        )
    for found in rows.values():
        found.sort(key=attrgetter("id"))
    return rows


def is_measurable(value: Value) -> bool:
    """Whether a value can be checked against a number or a date that was really printed."""
    counted = value.kind in (ValueKind.NUMERIC, ValueKind.DEADLINE)
    return counted and not value.echo and not value.unreadable


def _project_row(stored: StoredProject, filters: tuple[str, ...]) -> Row:
    """Name (of a whole unit: the unit's name) and purpose."""
    project = stored.project
    name = project.unit if project.kind is ProjectKind.WHOLE_UNIT else project.name
    return Row(
        stored.id,
        stored.id,
        project.name,
        name,
        project.purpose,
        "",
        project.source,
        filters,
        stored.id in stored.corrected,
        project.goal,
    )


def _goal_row(own_id: str, stored: StoredProject, goal: Goal, filters: tuple[str, ...]) -> Row:
    """The clause."""
    return Row(own_id, stored.id, stored.project.name, goal.text, "", "", goal.source, filters)


def _indicator_row(
    own_id: str,
    stored: StoredProject,
    indicator: Indicator,
    filters: tuple[str, ...],
    *,
    corrected: bool,
) -> Row:
    """Name and description; the value as people read it."""
    from corpus.values import value_text  # only a build needs its patterns, a search does not

    value = indicator.value
    return Row(
        own_id,
        stored.id,
        stored.project.name,
        indicator.name,
        indicator.description,
        value_text(value),
        indicator.source,
        (
            *filters,
            indicator.level1 or "",
            indicator.level2 or "",
            value.kind.value,
            "true" if is_measurable(value) else "false",
        ),
        corrected,
    )


def _project_filters(project: Project) -> tuple[str, ...]:
    from corpus.where import settled  # only a build needs the divisions, a search does not

    found = settled(project)
    place = (found.province, found.city, found.county)
    return (*place, project.unit, found.department, str(found.year) if found.year else "")
