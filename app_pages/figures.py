"""Figures side by side, each with a link to what it counts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st

from app_pages.own import component, draw

_FIGURES = component("figures")
_NOWHERE: Mapping[str, str] = {}


class Figure(NamedTuple):
    """One figure; `label` leads to a page (by its file) with these parameters, "" to none."""

    name: str
    figure: str
    label: str = ""
    page: str = ""
    params: Mapping[str, str] = _NOWHERE

    @property
    def address(self) -> str:
        """Where its link leads, as seen from any page."""
        query = f"?{urlencode(self.params)}" if self.params else ""
        return f"./{self.page}{query}" if self.label else ""


def show_figures(figures: Sequence[Figure], key: str) -> None:
    """Draw figures; a click on a link leads to its page."""
    shown = [
        {"name": one.name, "figure": one.figure, "label": one.label, "address": one.address}
        for one in figures
    ]
    picked = draw(_FIGURES, shown, key=key)
    chosen = next((one for place, one in enumerate(figures) if str(place) == picked), None)
    if chosen is not None and chosen.label:
        st.switch_page(f"app_pages/{chosen.page}.py", query_params=dict(chosen.params))
