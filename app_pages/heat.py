"""Heat maps: counts by row and column as a table, the darker the more.

A table of the page's own and not a chart: it is drawn at once, read aloud and printed as what it
is, and needs no second table for its numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import streamlit as st

from app_pages.own import component, draw
from text.normalise import one_line

_HEAT = component("heat")


class Cell(NamedTuple):
    """One cell that counts something; `tip` is what the pointer is told beside its names."""

    row: str
    column: str
    number: int
    tip: str = ""


class Picked(NamedTuple):
    """What was clicked: a cell, or with `column` "" the name of a row."""

    row: str
    column: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A heat map and the sentence (in Markdown) that says what it shows; `shown` is drawn."""

    said: str
    rows: Sequence[str]
    columns: Sequence[str]
    shown: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        said: str,
        names: tuple[str, str],
        rows: Sequence[str],
        columns: Sequence[str],
        cells: Sequence[Cell],
        totals: Sequence[int] = (),
    ) -> Self:
        """A heat map of the cells in these rows and columns, each in their order.

        `names`: of the rows, and of what is counted. `totals` stand behind the rows, whose names
        can then be chosen too.
        """
        row_places = {name: place for place, name in enumerate(rows)}
        column_places = {name: place for place, name in enumerate(columns)}
        placed = [
            (row_places[cell.row], column_places[cell.column], cell.number, one_line(cell.tip))
            for cell in cells
            if cell.row in row_places and cell.column in column_places
        ]
        shown = {
            "said": said.replace("\\", ""),
            "names": names,
            "rows": [one_line(name) for name in rows],
            "columns": [one_line(name) for name in columns],
            "cells": placed,
            "most": max((count for _, _, count, _ in placed), default=1),
            "totals": list(totals) or None,
        }
        return cls(said, tuple(rows), tuple(columns), shown)


def show_heat_map(heat: HeatMap, key: str) -> Picked | None:
    """Draw a heat map below its sentence; gives what was clicked, None in all other runs."""
    st.markdown(heat.said)
    return _meant(heat, draw(_HEAT, heat.shown, key=key))


def _meant(heat: HeatMap, picked: str) -> Picked | None:
    """What a browser says was clicked (`heat.js`); None where there is no such thing."""
    if not picked:
        return None
    names = {str(place): Picked(name, "") for place, name in enumerate(heat.rows)}
    cells = {
        f"{row} {column}": Picked(heat.rows[row], heat.columns[column])
        for row, column, *_ in heat.shown["cells"]
    }
    return (names | cells).get(picked)
