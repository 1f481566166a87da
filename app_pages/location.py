"""What is shown, as the address of the page says it.

The address is the state: a run reads it, a click writes it. So a link can be passed on and
the browser's back button steps through searches. (Widgets bound with `bind="query-params"`
replace the history entry instead of adding one, and would write the counts of the filter
labels into the address.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from corpus.records import Level1, Level2, ValueKind
from index.results import Scope

FIELDS = (
    "level1",
    "level2",
    "unit",
    "province",
    "city",
    "county",
    "department",
    "year",
    "value_kind",
    "measurable",
)
"""Fields one can filter by, named as on the command line."""

PAGE_SIZES = (20, 50, 100)
"""How many hits can be shown."""

_CLOSED: Mapping[str, frozenset[str]] = {
    "level1": frozenset(Level1),
    "level2": frozenset(Level2),
    "value_kind": frozenset(ValueKind),
    "measurable": frozenset(("true", "false")),
}
_LONGEST = 500
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Location:
    """A search, its filters, and the project that is open ("" for none).

    `row` is the id of the indicator or goal whose row is pointed at in the open project.
    `anyway`: the nearest records are wanted also where nothing is similar.
    """

    text: str = ""
    scope: Scope = Scope.INDICATOR
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: int = PAGE_SIZES[0]
    project: str = ""
    row: str = ""
    anyway: bool = False


def read() -> Location:
    """The location of this run; what an address cannot mean is left out, not an error."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    return parse(params)


def parse(params: Mapping[str, Sequence[str]]) -> Location:
    """As `read`, from the parameters of an address."""

    def last(name: str) -> str:
        values = params.get(name) or ("",)
        return values[-1][:_LONGEST]

    shown = last("n")
    scope = last("in")
    return Location(
        text=last("q").strip(),
        scope=Scope(scope) if scope in set(Scope) else Scope.INDICATOR,
        where=_chosen({name: params.get(name, ()) for name in FIELDS}),
        shown=int(shown) if shown in {str(n) for n in PAGE_SIZES} else PAGE_SIZES[0],
        project=last("project"),
        row=last("row") if last("project") else "",
        anyway=last("anyway") == "1",
    )


def address(location: Location) -> dict[str, str | list[str]]:
    """The parameters that `parse` reads back; what is as usual is left out."""
    usual = Location()
    params: dict[str, str | list[str]] = {}
    if location.text:
        params["q"] = location.text
    if location.scope is not usual.scope:
        params["in"] = location.scope.value
    for name in FIELDS:
        if location.where.get(name):
            params[name] = list(location.where[name])
    if location.shown != usual.shown:
        params["n"] = str(location.shown)
    if location.project:
        params["project"] = location.project
        if location.row:
            params["row"] = location.row
    if location.anyway:
        params["anyway"] = "1"
    return params


def go(**changes: Any) -> None:  # noqa: ANN401  (the fields of Location)
    """Move on from here, with one new entry in the browser's history. For callbacks."""
    st.query_params.from_dict(address(replace(read(), **changes)))


def _chosen(where: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for name, values in where.items():
        known = [v for v in values if v and (name not in _CLOSED or v in _CLOSED[name])]
        kept = tuple(dict.fromkeys(value[:_LONGEST] for value in known))[:_MOST_VALUES]
        if kept:
            chosen[name] = kept
    return chosen
