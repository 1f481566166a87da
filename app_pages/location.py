"""What is searched on 检索, as the address of the page says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app_pages import links
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
    """A search and its filters.

    `anyway`: the nearest records are wanted also where nothing is similar.
    """

    text: str = ""
    scope: Scope = Scope.INDICATOR
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: int = PAGE_SIZES[0]
    anyway: bool = False


def read() -> Location:
    """The location of this run; what an address cannot mean is left out, not an error."""
    return parse(links.own())


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
    if location.anyway:
        params["anyway"] = "1"
    return params


def go(**changes: Any) -> None:  # noqa: ANN401  (the fields of Location)
    """Move on from here, with one new entry in the browser's history. For callbacks."""
    links.turn_to(address(replace(read(), **changes)))


def _chosen(where: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for name, values in where.items():
        known = [v for v in values if v and (name not in _CLOSED or v in _CLOSED[name])]
        kept = tuple(dict.fromkeys(value[:_LONGEST] for value in known))[:_MOST_VALUES]
        if kept:
            chosen[name] = kept
    return chosen
