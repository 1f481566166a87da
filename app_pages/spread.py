"""Where the corpus comes from, as pictures: counties, departments, years, what can be measured.

A click on a mark leads to its projects in 语料.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

import streamlit as st

from app_pages import links
from app_pages.heat import Cell, HeatMap, Picked, show_heat_map
from app_pages.plain import plain
from app_pages.words import FIELD_NAMES, projects_words
from service.overview import UNKNOWN, Counted, Spread

_MOST_ROWS = 40
_MOST_COLUMNS = 30
_PLACES = ("county", "city", "province")


class View(StrEnum):
    """Which picture is shown, as the address names it."""

    PLACE_YEAR = "place-year"
    PLACE_DEPARTMENT = "place-department"
    DEPARTMENT_YEAR = "department-year"
    MEASURABLE = "measurable"


_VIEWS = {
    View.PLACE_YEAR: "地区 × 年度",
    View.PLACE_DEPARTMENT: "地区 × 行业",
    View.DEPARTMENT_YEAR: "行业 × 年度",
    View.MEASURABLE: "各单位可衡量的比例",
}


def show_spread(corpus: Counted) -> None:
    """The pictures of a corpus, one at a time; the address says which."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = _view(corpus)
        where = _asked(corpus)
    key = f"spread_{view}_{'_'.join(where.values())}"
    if view is View.MEASURABLE:
        from app_pages.spread_units import show_units  # draws a chart, as the first page does not

        show_units(corpus, where, key)
        return
    fields = _fields(view, corpus, where)
    picked = show_heat_map(_heat_map(corpus, *fields, where.get("province", "")), key)
    if picked is not None:
        _lead_to(where, fields, picked)


def _lead_to(where: Mapping[str, str], fields: tuple[str, str], picked: Picked) -> None:
    """To the projects of a cell, or of a whole row."""
    chosen = {field: name for field, name in zip(fields, picked, strict=True) if name}
    st.switch_page("app_pages/corpus.py", query_params={"list": "projects", **where, **chosen})


def place_field(corpus: Counted, where: Mapping[str, str]) -> str:
    """The finest of county, city and province that gives a picture of not too many rows."""
    for field in _PLACES:
        told = [name for (name,) in corpus.spread(field, where=where) if name != UNKNOWN]
        if told and len(told) <= _MOST_ROWS:
            return field
    return "province"


def _asked(corpus: Counted) -> dict[str, str]:
    """The province that the picture is of; asked for where there are several."""
    provinces = sorted(name for (name,) in corpus.spread("province") if name != UNKNOWN)
    if len(provinces) < 2:
        return {}
    asked = st.query_params.get("of", "")
    st.session_state["spread_of"] = asked if asked in provinces else ""
    st.selectbox(
        "省份",
        ["", *provinces],
        format_func=lambda name: name or "全部省份",
        key="spread_of",
        label_visibility="collapsed",
        width=160,
        on_change=_turned,
    )
    picked = st.session_state["spread_of"]
    return {"province": picked} if picked else {}


def _view(corpus: Counted) -> View:
    """The picture that the address names; without known places, one of departments."""
    placed = any(set(key) != {UNKNOWN} for key in corpus.spread("province", "city", "county"))
    views = [view for view in View if placed or not view.startswith("place-")]
    asked = st.query_params.get("see", "")
    st.session_state["spread_see"] = next((view for view in views if view == asked), views[0])
    st.segmented_control(
        "看什么",
        views,
        key="spread_see",
        # a label is looked through for an emoji up to its first space: none loads no list of all
        format_func=lambda view: f" {_VIEWS[view]}",
        required=True,
        label_visibility="collapsed",
        on_change=_turned,
    )
    return View(st.session_state["spread_see"])


def _turned() -> None:
    state = st.session_state
    params = {"of": state.get("spread_of", ""), "see": str(state["spread_see"])}
    links.turn_to({name: text for name, text in params.items() if text})


def _fields(view: View, corpus: Counted, where: Mapping[str, str]) -> tuple[str, str]:
    if view is View.DEPARTMENT_YEAR:
        return "department", "year"
    other = "year" if view is View.PLACE_YEAR else "department"
    return place_field(corpus, where), other


@lru_cache(maxsize=32)
def _heat_map(corpus: Counted, row: str, column: str, province: str) -> HeatMap:
    """Projects counted in two fields."""
    where = {"province": province} if province else {}
    by_row, by_column = corpus.spread(row, where=where), corpus.spread(column, where=where)
    rows = _named_first([key[0] for key in by_row])[:_MOST_ROWS]
    columns = _columns(column, [key[0] for key in by_column])
    cells = corpus.spread(row, column, where=where)
    return HeatMap.of(
        projects_words(corpus, where) + _said((row, column), by_row, len(rows)),
        (FIELD_NAMES[row], "项目（个）"),
        rows,
        columns,
        [
            Cell(name, across, one.projects, f"{one.rows} 条指标")
            for (name, across), one in cells.items()
        ],
        totals=[by_row[(name,)].projects for name in rows],
    )


def _said(
    fields: tuple[str, str],
    by_row: Mapping[tuple[str, ...], Spread],
    shown: int,
) -> str:
    row, column = (FIELD_NAMES[field] for field in fields)
    known = [name for (name,) in by_row if name != UNKNOWN]
    named = {key: one for key, one in by_row.items() if key != (UNKNOWN,)} or by_row
    most = max(named.items(), key=lambda item: item[1].projects)
    said = f"分布在 {len(known)} 个{row}，按{column}看；"
    said += f"最多的是{plain(most[0][0])}（{most[1].projects:,} 个项目）"
    missing = by_row.get((UNKNOWN,))
    if missing is not None and most[0][0] != UNKNOWN:
        said += f"，{missing.projects:,} 个项目没有注明{row}"
    if shown < len(by_row):
        said += f"。图中只画了项目最多的 {shown} 个{row}"
    return f"{said}。点一个格子或一行的名称，列出它的项目。"


def _columns(field: str, names: Sequence[str]) -> list[str]:
    """Years in their order, the rest by how much there is of them; the unknown last."""
    ordered = sorted(names) if field == "year" else list(names)
    return _named_first(ordered)[:_MOST_COLUMNS]


def _named_first(names: Sequence[str]) -> list[str]:
    return [name for name in names if name != UNKNOWN] + [UNKNOWN] * (UNKNOWN in names)
