"""Where the corpus comes from, as pictures: counties, departments, years, what can be measured.

A click on a mark leads to its projects in 语料.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st

from app_pages import links
from app_pages.pictures import Cell, Dot, Picture, heat_map, show_picture, strip
from app_pages.plain import plain
from app_pages.words import FIELD_NAMES
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
    picture, fields = _picture(corpus, view, where.get("province", ""))
    names = ("row", "name") if view is View.MEASURABLE else ("row", "column")
    mark = show_picture(picture, f"spread_{view}_{'_'.join(where.values())}")
    if mark is not None:
        picked = {field: mark[name] for field, name in zip(fields, names, strict=True)}
        st.switch_page("app_pages/corpus.py", query_params={"list": "projects", **where, **picked})


@lru_cache(maxsize=32)
def _picture(corpus: Counted, view: View, province: str) -> tuple[Picture, tuple[str, str]]:
    """A picture, and the fields that its marks stand for."""
    where = {"province": province} if province else {}
    if view is View.MEASURABLE:
        return _measurable(corpus, where), ("department", "unit")
    fields = _fields(view, corpus, where)
    return _crossed(corpus, where, *fields), fields


def place_field(corpus: Counted, where: Mapping[str, str]) -> str:
    """The finest of county, city and province that gives a picture of not too many rows."""
    for field in _PLACES:
        told = [name for (name,) in corpus.spread(field, where=where) if name != UNKNOWN]
        if told and len(told) <= _MOST_ROWS:
            return field
    return "province"


def link(field: Mapping[str, str]) -> str:
    """Where the projects of these fields are listed, seen from any page."""
    return f"./corpus?{urlencode({'list': 'projects', **field})}"


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
        format_func=_VIEWS.__getitem__,
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


def _crossed(corpus: Counted, where: Mapping[str, str], row: str, column: str) -> Picture:
    """Projects counted in two fields."""
    by_row, by_column = corpus.spread(row, where=where), corpus.spread(column, where=where)
    rows = _named_first([key[0] for key in by_row])[:_MOST_ROWS]
    columns = _columns(column, [key[0] for key in by_column])
    cells = corpus.spread(row, column, where=where)
    shown = {key: one for key, one in cells.items() if key[0] in rows and key[1] in columns}
    return Picture.of(
        heat_map(
            [
                Cell(key[0], key[1], one.projects, f"{one.rows} 条指标")
                for key, one in shown.items()
            ],
            (FIELD_NAMES[row], FIELD_NAMES[column], "项目数（个）"),
            rows,
            columns,
        ),
        _crossed_said((row, column), by_row, len(rows)),
        _pivot(row, rows, columns, shown, by_row),
    )


def _crossed_said(
    fields: tuple[str, str],
    by_row: Mapping[tuple[str, ...], Spread],
    shown: int,
) -> str:
    row, column = (FIELD_NAMES[field] for field in fields)
    known = [name for (name,) in by_row if name != UNKNOWN]
    named = {key: one for key, one in by_row.items() if key != (UNKNOWN,)} or by_row
    most = max(named.items(), key=lambda item: item[1].projects)
    total = sum(one.projects for one in by_row.values())
    said = f"{total:,} 个项目分布在 {len(known)} 个{row}，按{column}看；"
    said += f"最多的是{plain(most[0][0])}（{most[1].projects:,} 个项目）"
    missing = by_row.get((UNKNOWN,))
    if missing is not None and most[0][0] != UNKNOWN:
        said += f"，{missing.projects:,} 个项目没有注明{row}"
    if shown < len(by_row):
        said += f"。图中只画了项目最多的 {shown} 个{row}"
    return f"{said}。点一个格子，列出它的项目。"


def _pivot(
    row: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, ...], Spread],
    by_row: Mapping[tuple[str, ...], Spread],
) -> dict[str, list[str]]:
    table = {FIELD_NAMES[row]: [f"[{plain(name)}]({link({row: name})})" for name in rows]}
    for column in columns:
        counts = (cells.get((name, column)) for name in rows)
        table[plain(column)] = [str(one.projects) if one else "" for one in counts]
    table["合计（个项目）"] = [str(by_row[(name,)].projects) for name in rows]
    return table


def _measurable(corpus: Counted, where: Mapping[str, str]) -> Picture:
    """What share of its rows each unit can measure, department by department."""
    found = corpus.spread("department", "unit", where=where)
    units = {key: one for key, one in found.items() if one.rows}
    order = list(dict.fromkeys(key[0] for key in units))[:_MOST_ROWS]
    shown = {key: one for key, one in units.items() if key[0] in order}
    by_department = corpus.spread("department", where=where)
    rows = sum(one.rows for one in units.values())
    measurable = sum(one.measurable for one in units.values())
    weak = sum((one.share or 0) < 0.5 for one in units.values())
    share = f"{measurable / rows:.0%}" if rows else "—"
    said = (
        f"{len(units)} 个单位的 {rows:,} 条指标中，{share} 的指标值是数值或期限，可以衡量；"
        f"{weak} 个单位不到一半。每个圆点是一个单位，越大指标越多；点圆点，列出它的项目。"
    )
    return Picture.of(
        strip(
            [
                Dot(department, unit, one.share or 0.0, one.rows)
                for (department, unit), one in shown.items()
            ],
            ("行业", "单位", "可衡量的指标", "指标（条）"),
        ),
        said,
        {
            "行业": [f"[{plain(name)}]({link({'department': name})})" for name in order],
            "单位（个）": [str(by_department[(name,)].units) for name in order],
            "指标（条）": [str(by_department[(name,)].rows) for name in order],
            "可衡量": [_percent(by_department[(name,)]) for name in order],
        },
    )


def _columns(field: str, names: Sequence[str]) -> list[str]:
    """Years in their order, the rest by how much there is of them; the unknown last."""
    ordered = sorted(names) if field == "year" else list(names)
    return _named_first(ordered)[:_MOST_COLUMNS]


def _named_first(names: Sequence[str]) -> list[str]:
    return [name for name in names if name != UNKNOWN] + [UNKNOWN] * (UNKNOWN in names)


def _percent(one: Spread) -> str:
    return "—" if one.share is None else f"{one.share:.0%}"
