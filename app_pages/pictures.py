"""One style for all pictures: the chart, one sentence that says what it shows, and its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import altair as alt
import streamlit as st

from text.normalise import one_line

BLUE, GREY, RED, GREEN = "#1f5fa8", "#b4bdc7", "#b3261e", "#2e7d32"
"""The colours of marks: what is meant, what stands beside it, a warning, one's own."""

PICKED = "picked"
_ROW_STEP = 24
_COLUMN_STEP = 96
_ROOM = 900  # pixels for columns beside the names of rows
_LABEL_LIMIT = 240
_LETTER = 12
_NUMBERED = 400  # cells that still have room for their number
_DARK = 0.55  # of the largest count: from here on the number stands in white


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a heat map; `tip` is what the pointer is told beside names and number."""

    row: str
    column: str
    count: int
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot of a strip: how far along (`share`, 0 to 1), how large, in which row."""

    row: str
    name: str
    share: float
    size: int
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, as Vega-Lite, with its words: `said` is read in its place by who cannot see it.

    `numbers` are the same figures as a table, column by column, in Markdown; none where such a
    table stands beside the picture.
    """

    spec: Mapping[str, Any]
    said: str
    numbers: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls,
        chart: alt.Chart | alt.LayerChart | alt.FacetChart,
        said: str,
        numbers: Mapping[str, Sequence[str]],
    ) -> Self:
        """A picture of a chart; checking the chart takes long, so pictures are worth keeping."""
        with alt.theme.enable("none"):
            return cls(chart.to_dict(), said, numbers)


def show_picture(picture: Picture, key: str) -> Mapping[str, str] | None:
    """Draw a picture; gives what the mark that was clicked stands for, None while none was."""
    st.markdown(picture.said)
    event = st.vega_lite_chart(
        spec=dict(picture.spec),
        width="content" if isinstance(picture.spec.get("width"), dict) else "stretch",
        key=key,
        on_select="rerun",
        selection_mode=PICKED,
        alt=picture.said.replace("\\", ""),
    )
    if picture.numbers:
        numbers = st.expander("看数字", key=f"{key}_numbers", on_change="rerun")
        if numbers.open:
            numbers.table(dict(picture.numbers), border="horizontal", alt=picture.said)
    marks = event.selection.get(PICKED, [])
    return {name: str(text) for name, text in marks[0].items()} if marks else None


def heat_map(
    cells: Sequence[Cell],
    titles: tuple[str, str, str],
    rows: Sequence[str],
    columns: Sequence[str],
) -> alt.LayerChart | alt.FacetChart:
    """Rows by columns, the darker the more; `titles` name rows, columns and what is counted.

    A click gives `row` and `column`.
    """
    row_title, column_title, count_title = titles
    most = max((cell.count for cell in cells), default=1)
    values = [
        {
            "row": one_line(cell.row),
            "column": one_line(cell.column),
            "count": cell.count,
            "tip": one_line(cell.tip),
        }
        for cell in cells
    ]
    picked = alt.selection_point(name=PICKED, fields=["row", "column"], on="click")
    tips = [
        alt.Tooltip("row:N", title=row_title),
        alt.Tooltip("column:N", title=column_title),
        alt.Tooltip("count:Q", title=count_title),
    ]
    if any(cell.tip for cell in cells):
        tips.append(alt.Tooltip("tip:N", title="说明"))
    base = alt.Chart(_data(values)).encode(
        x=alt.X(
            "column:N",
            title=column_title,
            sort=list(columns),
            axis=alt.Axis(
                title=None,
                orient="top",
                labelAngle=_angle(columns),
                labelLimit=160,
                labelOverlap=False,
                aria=False,
            ),
        ),
        y=alt.Y(
            "row:N",
            title=row_title,
            sort=list(rows),
            axis=alt.Axis(title=None, labelLimit=_LABEL_LIMIT, aria=False),
        ),
        tooltip=tips,
    )
    squares = base.mark_rect(cursor="pointer", stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "count:Q",
            title=count_title,
            scale=alt.Scale(scheme="blues", domain=[0, most]),
            legend=None if len(cells) <= _NUMBERED else alt.Legend(orient="right"),
        )
    )
    layers: list[alt.Chart] = [squares.add_params(picked)]
    if len(cells) <= _NUMBERED:
        layers.append(
            base.mark_text(baseline="middle", fontSize=12, aria=False, cursor="pointer").encode(
                text=alt.Text("count:Q"),
                color=alt.condition(
                    f"datum.count > {most * _DARK}", alt.value("white"), alt.value("#1f2933")
                ),
            )
        )
    width = alt.Step(_COLUMN_STEP) if len(columns) * _COLUMN_STEP <= _ROOM else "container"
    return alt.layer(*layers).properties(height=alt.Step(_ROW_STEP), width=width)


def strip(dots: Sequence[Dot], titles: tuple[str, str, str, str]) -> alt.Chart:
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
            "tip": one_line(dot.tip),
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
        .properties(height=alt.Step(_ROW_STEP + 4))
    )
    return chart


def _angle(columns: Sequence[str]) -> int:
    """Long names above narrow columns stand aslant."""
    longest = max(map(len, columns), default=0)
    return 0 if longest * _LETTER * max(len(columns), _ROOM // _COLUMN_STEP) <= _ROOM else -40


def _data(values: list[dict[str, object]]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]
