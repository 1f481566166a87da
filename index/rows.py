"""Records as search sees them: their texts, what they can be filtered by, what a hit shows."""

from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from corpus.records import Project, ProjectKind, Source, Value
from corpus.store.listing import ListedGoal, ListedIndicator, ListedProject
from index.results import Scope

_OF_THE_PROJECT = ("province", "city", "county", "unit", "department", "year")
_OF_THE_INDICATOR = ("level1", "level2", "value_kind", "measurable")

# What a record of each scope can be filtered by.
FILTERS: dict[Scope, tuple[str, ...]] = {
    Scope.INDICATOR: _OF_THE_PROJECT + _OF_THE_INDICATOR,
    Scope.GOAL: _OF_THE_PROJECT,
    Scope.PROJECT: _OF_THE_PROJECT,
}


class Row(NamedTuple):
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


def rows_of(projects: Iterable[ListedProject]) -> dict[Scope, list[Row]]:
    """The records of all scopes, each scope by id."""
    rows: dict[Scope, list[Row]] = {scope: [] for scope in Scope}
    for project in projects:
        filters = _project_filters(project.head)
        rows[Scope.PROJECT].append(_project_row(project, filters))
        rows[Scope.GOAL] += [_goal_row(goal, project, filters) for goal in project.goals]
        rows[Scope.INDICATOR] += [
            _indicator_row(indicator, project, filters) for indicator in project.indicators
        ]
    for found in rows.values():
        found.sort(key=attrgetter("id"))
    return rows


def _project_row(project: ListedProject, filters: tuple[str, ...]) -> Row:
    """Name (of a whole unit: the unit's name) and purpose."""
    head = project.head
    return Row(
        project.id,
        project.id,
        head.name,
        head.unit if head.kind is ProjectKind.WHOLE_UNIT else head.name,
        head.purpose,
        "",
        head.source,
        filters,
        project.id in project.corrected,
        head.goal,
    )


def _goal_row(goal: ListedGoal, project: ListedProject, filters: tuple[str, ...]) -> Row:
    """The clause."""
    return Row(goal.id, project.id, project.head.name, goal.text, "", "", goal.source, filters)


def _indicator_row(
    indicator: ListedIndicator, project: ListedProject, filters: tuple[str, ...]
) -> Row:
    """Name and description; the value as people read it."""
    shown, of_the_value = _value(indicator.value)
    return Row(
        indicator.id,
        project.id,
        project.head.name,
        indicator.name,
        indicator.description,
        shown,
        indicator.source,
        (*filters, indicator.level1, indicator.level2, *of_the_value),
        indicator.id in project.corrected,
    )


@lru_cache(maxsize=65536)  # values recur: ≥95% stands in every other row
def _value(value: Value) -> tuple[str, tuple[str, str]]:
    """A value as it is shown, and what it can be filtered by."""
    # Only a build needs the patterns of these, a search does not.
    from corpus.measurable import is_measurable
    from corpus.values import value_text

    measurable = "true" if is_measurable(value) else "false"
    return value_text(value), (value.kind.value, measurable)


def _project_filters(project: Project) -> tuple[str, ...]:
    from corpus.where import settled  # only a build needs the divisions, a search does not

    found = settled(project)
    place = (found.province, found.city, found.county)
    return (*place, project.unit, found.department, str(found.year) if found.year else "")
