"""The distribution as a picture: each dot is a unit, the draft's own value and ours are marked."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from app_pages import links
from app_pages.pictures import BLUE, GREEN, GREY, PICKED, RED, Picture, show_picture
from app_pages.plain import plain
from app_pages.words import number
from corpus.values import parse_value
from knowledge.concepts import MeasureClass
from peers.quantities import quantity_of
from peers.records import Draft, PeerRow, Suggested
from peers.summary import in_measure
from text.normalise import one_line

_LINEAR = frozenset((MeasureClass.SHARE, MeasureClass.DATE))
_STACKED = 12  # dots above each other at most
_DOT, _MARGIN = 16, 130  # pixels a dot takes, and what stands around them
_ASIDE = 24  # pixels beside the outermost dots
_FEWEST = 2
_SEEN = "suggest_chart_seen"  # the dot that was clicked last: it stays picked in the picture


def own_number(draft: Draft, text: str, answer: Suggested) -> float | None:
    """The draft's own value in the measure of the distribution; None where not comparable."""
    if not text or answer.distribution is None or not answer.rows:
        return None
    value = parse_value(text, name=draft.name, level2=draft.level2 or "")
    quantity = quantity_of(value, draft.name, draft.level2)
    told = answer.suggestion
    if quantity is None or (told is not None and quantity.measure_class is not told.measure_class):
        return None
    if told is not None and "" not in (quantity.scale, told.scale) and quantity.scale != told.scale:
        return None
    return in_measure(quantity, answer.distribution.measure)


def show_chart(answer: Suggested, own: float | None) -> None:
    """Dots of the votes along their values; counts and amounts on a logarithmic axis.

    A click on a dot opens the panel of its row. One value alone makes no picture.
    """
    numbers = [row.number for row in answer.rows if row.number is not None]
    if len({*numbers, own} - {None}) < _FEWEST:
        return
    record = (show_picture(_picture(answer, numbers, own), "suggest_chart") or {}).get("id", "")
    if record and st.session_state.get(_SEEN) != record:
        links.see(record)
        st.session_state[_SEEN] = record
        st.rerun()


def _picture(answer: Suggested, numbers: Sequence[float], own: float | None) -> Picture:
    told = answer.suggestion
    linear = told is None or told.measure_class in _LINEAR
    positive = min(numbers, default=0) > 0 and (own is None or own > 0)
    straight = linear or not positive
    scale = alt.Scale(type="linear" if straight else "log", zero=False, nice=False, padding=_ASIDE)
    points = _points(answer.rows)
    tallest = max(int(str(point["height"])) for point in points)
    measure = answer.distribution.measure if answer.distribution else ""
    dots = _dots(points, tallest, scale, measure)
    if told is None:
        dots = dots.encode(color=alt.value(GREY))
    marks = [
        _mark(one, words, colour, scale)
        for one, words, colour in (
            (told.number if told else None, "建议", RED),
            (own, "我写的", GREEN),
        )
        if one is not None
    ]
    height = _DOT * max(3, tallest + 1) + _MARGIN
    chart = alt.layer(dots, *marks).properties(height=height)
    said = plain(_said(answer, numbers, own, measure))
    return Picture.of(chart, f"{said}。每个圆点是一条指标，点一下看它的整张表。", {})


def _said(answer: Suggested, numbers: Sequence[float], own: float | None, measure: str) -> str:
    near = sum(row.near for row in answer.rows if row.number is not None)
    said = f"{len(numbers)} 条从 {number(min(numbers))} 到 {number(max(numbers))} {measure}".strip()
    said += f"，{near} 条接近建议值" if answer.suggestion else ""
    return said + (f"；您写的是 {number(own)} {measure}".rstrip() if own is not None else "")


def _dots(
    points: list[dict[str, object]], tallest: int, scale: alt.Scale, measure: str
) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data(points))
        .mark_circle(size=90, opacity=0.75, cursor="pointer")
        .encode(
            x=alt.X(
                "value:Q",
                title=f"指标值（{measure}）" if measure else "指标值",
                scale=scale,
                axis=alt.Axis(format=",.10~g", aria=False),
            ),
            y=alt.Y("height:Q", axis=None, scale=alt.Scale(domain=[0, tallest + 1])),
            color=alt.Color(
                "near:N",
                title="",
                scale=alt.Scale(domain=["接近建议", "其他"], range=[BLUE, GREY]),
                legend=alt.Legend(orient="top", aria=False),
            ),
            tooltip=[
                alt.Tooltip("unit:N", title="单位"),
                alt.Tooltip("text:N", title="指标值"),
                alt.Tooltip("project:N", title="项目"),
            ],
            description="spoken:N",
        )
        .add_params(alt.selection_point(name=PICKED, fields=["id"], on="click"))
    )
    return chart


def _points(rows: Sequence[PeerRow]) -> list[dict[str, object]]:
    heights: dict[float, int] = {}
    points: list[dict[str, object]] = []
    for row in rows:
        if row.number is None:
            continue
        height = heights[row.number] = heights.get(row.number, 0) + 1
        points.append(
            {
                "id": row.id,
                "value": row.number,
                "spoken": one_line(f"{row.unit} {row.value}"),
                "height": (height - 1) % _STACKED + 1,
                "near": "接近建议" if row.near else "其他",
                "unit": one_line(row.unit) or "单位未注明",
                "text": one_line(row.value),
                "project": one_line(row.project),
            }
        )
    return points


def _mark(
    at_number: float, words: str, colour: str, scale: alt.Scale
) -> alt.LayerChart | alt.FacetChart:
    data = _data([{"value": at_number, "words": words}])
    at = alt.X("value:Q", scale=scale)
    rule = alt.Chart(data).mark_rule(color=colour, strokeWidth=2).encode(x=at)
    label = (
        alt.Chart(data)
        .mark_text(align="left", dx=4, baseline="top", color=colour)
        .encode(x=at, y=alt.value(0), text="words:N")
    )
    return alt.layer(rule, label)


def _data(values: list[dict[str, object]]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]
