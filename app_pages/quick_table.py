"""Tables that are read, drawn at once.

`st.table` lets the browser read every cell as Markdown, and `st.dataframe` loads a spreadsheet.
Here every cell is a plain text that needs no escapes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app_pages.own import Pick, component, draw
from text.normalise import one_line

_SPACE = re.compile(r"\s+")
_TABLE = component("quick_table")


class Part(NamedTuple):
    """A part of a cell; `look` is a class of `quick_table.css`.

    `leads`: it is a button, and a click on it says this word, which tells what is meant in
    whatever row it stands.
    """

    text: str
    look: str = ""
    leads: str = ""


Cell = str | Sequence[Part]


def show_table(
    columns: Mapping[str, Sequence[Cell]],
    *,
    key: str,
    alt: str,
    on_pick: Pick | None = None,
    sorts: bool = False,
    fits: bool = False,
    height: int | None = None,
    widths: Mapping[str, int] | None = None,
) -> None:
    """Columns of equal length, by their names; `alt` is what the table is called when read aloud.

    A column in which nothing stands is left out.

    `on_pick` is called back with the word of the part that was clicked. `sorts`: a click on a name
    sorts by it. `fits`: no wider than its texts. `height`: pixels, above which it scrolls.
    `widths`: least pixels of columns.
    """
    shown = {
        "alt": alt.replace("\\", ""),
        "columns": [
            {
                "name": name,
                "cells": [_shown(cell) for cell in cells],
                "width": (widths or {}).get(name, 0),
            }
            for name, cells in columns.items()
            if any(cells)
        ],
        "sorts": sorts,
        "fits": fits,
        "height": height or 0,
    }
    known = {part.leads for cells in columns.values() for cell in cells for part in _parts(cell)}

    def picked(word: str) -> None:
        if on_pick and word in known:
            on_pick(word)

    if shown["columns"]:
        draw(_TABLE, shown, key=key, on_pick=picked)


def show_facts(facts: Mapping[str, Cell], *, key: str, alt: str) -> None:
    """What is told of one thing: a name and a text in each line."""
    names = [[Part(name, "faint")] for name in facts]
    show_table({"": names, " ": list(facts.values())}, key=key, alt=alt)


def _shown(cell: Cell) -> str | list[tuple[str, str, str]]:
    if isinstance(cell, str):
        return one_line(cell)
    return [(_SPACE.sub(" ", part.text), part.look, part.leads) for part in cell]


def _parts(cell: Cell) -> Sequence[Part]:
    return () if isinstance(cell, str) else cell
