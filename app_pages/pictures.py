"""One style for all pictures: the chart, one sentence that says what it shows, and its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import altair as alt
import streamlit as st

BLUE, GREY, RED, GREEN = "#1f5fa8", "#b4bdc7", "#b3261e", "#2e7d32"
"""The colours of marks: what is meant, what stands beside it, a warning, one's own."""

PICKED = "picked"
"""The name of what was chosen in a picture."""


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
