"""What share of its rows each unit can measure: a dot a unit, department by department.

A click on a dot leads to the projects of its unit in 语料.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import altair as alt
import streamlit as st

from app_pages.pictures import BLUE, PICKED, Picture, show_picture
from app_pages.plain import plain
from service.overview import Counted, Spread
from text.normalise import one_line

_MOST_ROWS = 40
_ROW_STEP = 28  # pixels
_LABEL_LIMIT = 240


@dataclass(frozen=True, slots=True)
class _Dot:
    """One dot of a strip: how far along (`share`, 0 to 1), how large, in which row."""

    row: str
    name: str
    share: float
    size: int


def show_units(corpus: Counted, where: Mapping[str, str], key: str) -> None:
    """The units of a province, or all of them."""
    mark = show_picture(_picture(corpus, where.get("province", "")), key)
    if mark is not None:
        picked = {"department": mark["row"], "unit": mark["name"]}
        st.switch_page("app_pages/corpus.py", query_params={"list": "projects", **where, **picked})


@lru_cache(maxsize=8)
def _picture(corpus: Counted, province: str) -> Picture:
    where = {"province": province} if province else {}
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
        _strip(
            [
                _Dot(department, unit, one.share or 0.0, one.rows)
                for (department, unit), one in shown.items()
            ],
            ("行业", "单位", "可衡量的指标", "指标（条）"),
        ),
        said,
        {
            "行业": [f"[{plain(name)}]({_link(name)})" for name in order],
            "单位（个）": [str(by_department[(name,)].units) for name in order],
            "指标（条）": [str(by_department[(name,)].rows) for name in order],
            "可衡量": [_percent(by_department[(name,)]) for name in order],
        },
    )


def _link(department: str) -> str:
    """Where the projects of a department are listed, seen from any page."""
    return f"./corpus?{urlencode({'list': 'projects', 'department': department})}"


def _strip(dots: Sequence[_Dot], titles: tuple[str, str, str, str]) -> alt.Chart:
    """Dots along a share, row by row; `titles` name the row, the dot, the share and its size.

    A click gives `row` and `name`.
    """
    row_title, name_title, share_title, size_title = titles
    values = [
        {
            "row": one_line(dot.row),
            "name": one_line(dot.name),
            "share": dot.share,
            "size": dot.size,
        }
        for dot in dots
    ]
    picked = alt.selection_point(name=PICKED, fields=["row", "name"], on="click")
    chart: alt.Chart = (
        alt.Chart(_data(values))
        .mark_circle(color=BLUE, opacity=0.55, cursor="pointer")
        .encode(
            x=alt.X(
                "share:Q",
                title=share_title,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=10, aria=False),
            ),
            y=alt.Y(
                "row:N",
                title=row_title,
                axis=alt.Axis(title=None, labelLimit=_LABEL_LIMIT, grid=True, aria=False),
                sort=None,
            ),
            size=alt.Size("size:Q", legend=None, scale=alt.Scale(range=[30, 320])),
            tooltip=[
                alt.Tooltip("name:N", title=name_title),
                alt.Tooltip("share:Q", title=share_title, format=".0%"),
                alt.Tooltip("size:Q", title=size_title),
            ],
        )
        .add_params(picked)
        .properties(height=alt.Step(_ROW_STEP))
    )
    return chart


def _data(values: list[dict[str, object]]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _percent(one: Spread) -> str:
    return "—" if one.share is None else f"{one.share:.0%}"
