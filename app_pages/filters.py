"""The filters beside the hits: every value with the number of records it would leave."""

from collections.abc import Mapping

import streamlit as st

from app_pages import location
from app_pages.location import Location
from app_pages.plain import plain
from app_pages.words import FIELD_NAMES, value_name
from index.results import FacetValue, Scope

_INDICATOR_ONLY = ("level1", "level2", "value_kind", "measurable")
_AT_A_GLANCE = 12

Facets = Mapping[str, tuple[FacetValue, ...]]


def applicable(place: Location) -> dict[str, tuple[str, ...]]:
    """The filters of a location that its scope knows."""
    return {
        name: values
        for name, values in place.where.items()
        if place.scope is Scope.INDICATOR or name not in _INDICATOR_ONLY
    }


def show_filters(place: Location, facets: Facets) -> None:
    """Draw the filters; each is set from the address and writes to it when it is changed."""
    where = applicable(place)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("筛选", anchor=False)
        st.button(
            "全部清除",
            key="clear_filters",
            type="tertiary",
            disabled=not where,
            on_click=location.go,
            kwargs={"where": {}},
        )
    for name, label in FIELD_NAMES.items():
        chosen = where.get(name, ())
        counts = {item.value: item.count for item in facets.get(name, ()) if item.value}
        counts |= {value: 0 for value in chosen if value not in counts}
        if name == "measurable":
            _measurable_filter(label, counts, chosen)
        elif counts:
            _values_filter(name, label, counts, chosen)


def _measurable_filter(label: str, counts: dict[str, int], chosen: tuple[str, ...]) -> None:
    if "true" not in counts:
        return
    key = "filter_measurable"
    st.session_state[key] = "true" in chosen
    st.toggle(f"{label}（{counts['true']}）", key=key, on_change=_switched, args=(key,))


def _values_filter(name: str, label: str, counts: dict[str, int], chosen: tuple[str, ...]) -> None:
    """Few values all in sight, many in a list that one can type into."""
    key = f"filter_{name}"
    many = len(counts) > _AT_A_GLANCE or name in ("unit", "county")
    st.session_state[key] = list(chosen)

    def caption(value: str) -> str:
        named = value_name(name, value)
        count = f"（{counts.get(value, 0)}）"
        return f"{count}{named}" if many else f"{plain(named)}{count}"  # long names are cut

    if many:
        st.multiselect(
            label,
            list(counts),
            format_func=caption,
            key=key,
            placeholder="全部",
            select_all=False,
            on_change=_chosen,
            args=(name, key),
        )
    else:
        st.pills(
            label,
            list(counts),
            selection_mode="multi",
            format_func=caption,
            key=key,
            on_change=_chosen,
            args=(name, key),
        )


def _chosen(name: str, key: str) -> None:
    where = dict(location.read().where)
    where[name] = tuple(st.session_state[key])
    location.go(where=where, shown=location.PAGE_SIZES[0])


def _switched(key: str) -> None:
    where = dict(location.read().where)
    where["measurable"] = ("true",) if st.session_state[key] else ()
    location.go(where=where, shown=location.PAGE_SIZES[0])
