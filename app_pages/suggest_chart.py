"""The distribution as a picture: each dot is a unit, the draft's own value and ours are marked."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from corpus.values import parse_value
from knowledge.concepts import MeasureClass
from peers.quantities import quantity_of
from peers.records import Draft, PeerRow, Suggested
from peers.summary import in_measure
from text.normalise import one_line

_LINEAR = frozenset((MeasureClass.SHARE, MeasureClass.DATE))
_STACKED = 12  # dots above each other at most
_HEIGHT = 190


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
    """Dots of the votes along their values; counts and amounts on a logarithmic axis."""
    told = answer.suggestion
    numbers = [row.number for row in answer.rows if row.number is not None]
    linear = told is None or told.measure_class in _LINEAR
    positive = min(numbers, default=0) > 0 and (own is None or own > 0)
    measure = answer.distribution.measure if answer.distribution else ""
    scale = alt.Scale(type="linear" if linear or not positive else "log", zero=False)
    axis = alt.X("value:Q", title=f"指标值（{measure}）" if measure else "指标值", scale=scale)
    dots = (
        alt.Chart(_data(_points(answer.rows)))
        .mark_circle(size=90, opacity=0.75)
        .encode(
            x=axis,
            y=alt.Y("height:Q", axis=None),
            color=alt.Color(
                "near:N",
                title="",
                scale=alt.Scale(domain=["接近建议", "其他"], range=["#1f77b4", "#bbbbbb"]),
            ),
            tooltip=[
                alt.Tooltip("unit:N", title="单位"),
                alt.Tooltip("text:N", title="指标值"),
                alt.Tooltip("project:N", title="项目"),
            ],
        )
    )
    marks = [
        _mark(number, words, colour, scale)
        for number, words, colour in (
            (told.number if told else None, "建议", "#d62728"),
            (own, "我写的", "#2ca02c"),
        )
        if number is not None
    ]
    st.altair_chart(alt.layer(dots, *marks).properties(height=_HEIGHT), width="stretch")


def _points(rows: Sequence[PeerRow]) -> list[dict[str, object]]:
    heights: dict[float, int] = {}
    points: list[dict[str, object]] = []
    for row in rows:
        if row.number is None:
            continue
        height = heights[row.number] = heights.get(row.number, 0) + 1
        points.append(
            {
                "value": row.number,
                "height": (height - 1) % _STACKED + 1,
                "near": "接近建议" if row.near else "其他",
                "unit": one_line(row.unit) or "单位未注明",
                "text": one_line(row.value),
                "project": one_line(row.project),
            }
        )
    return points


def _mark(
    number: float, words: str, colour: str, scale: alt.Scale
) -> alt.LayerChart | alt.FacetChart:
    data = _data([{"value": number, "words": words}])
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
