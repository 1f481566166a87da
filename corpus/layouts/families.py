"""Which family of text export a document is: told by how the header of its table is written."""

from collections.abc import Callable, Iterator

from corpus.blocks import Item, Lines
from corpus.layouts.cell_lines import items_of
from corpus.layouts.open_bars import are_open, open_bar_items
from corpus.layouts.roles import Role, is_header, role_of_head
from corpus.layouts.row_lines import bar_items, comma_items, space_items, tab_items
from corpus.layouts.streams import bar_cell_items, ends_row, stream_items

_BARE = "| \t\u00a0"  # what stands in a line without words
_LOOKED_AT = 60  # lines below a header

Family = Callable[[Lines], Iterator[Item]]


def family_of(lines: Lines) -> Family:
    """The function that cuts these lines into rows and paragraphs.

    One row per line: tabs or bars part the head words of one line. One cell per line: the head
    word 三级指标 stands alone, after a tab, before a bar, or between blank lines.
    """
    for place, text in enumerate(lines.texts):
        if "级" not in text and "指" not in text:  # all head words of a name have one
            continue
        if is_header(text.split("\t")):
            return tab_items
        if is_header(text.split("|")):
            return open_bar_items if are_open(lines[:place], lines[place]) else bar_items
        if "," in text and is_header(text.split(",")):
            return comma_items
        if is_header(text.split()):
            return _parted_by_spaces(place, lines)
        if role_of_head(text.strip(_BARE)) is Role.NAME:
            return _one_cell_per_line(place, lines)
    return _without_header(lines)


# Text without separators has patterns of its own, slow to load, and is rare.


def _parted_by_spaces(place: int, lines: Lines) -> Family:
    from corpus.layouts.runs import are_glued, are_pieces, holds_body, holds_head, run_items

    head, below = lines[place], lines[place + 1 : place + 1 + _LOOKED_AT]
    runs = holds_body(head) or holds_head(head) or are_glued(below) or are_pieces(below)
    return run_items if runs else space_items


def _without_header(lines: Lines) -> Family:
    from corpus.layouts.runs import looks_like_runs, run_items

    return run_items if looks_like_runs(lines) else items_of


def _one_cell_per_line(place: int, lines: Lines) -> Family:
    if lines.texts[place].startswith("\t"):
        return items_of
    head, below = lines[place], lines[place + 1 : place + 1 + _LOOKED_AT]
    if any(ends_row(line) for line in below):
        return bar_cell_items
    if "|" in head.text or not (below and below[0].text.strip(_BARE)):
        return stream_items
    from corpus.layouts.runs import run_items

    return run_items
