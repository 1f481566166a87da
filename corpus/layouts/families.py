"""Which family of text export a document is: told by how the header of its table is written."""

from collections.abc import Callable, Iterator, Sequence

from corpus.blocks import Item, Line
from corpus.layouts.cell_lines import items_of
from corpus.layouts.open_bars import are_open, open_bar_items
from corpus.layouts.roles import Role, is_header, role_of_head
from corpus.layouts.row_lines import bar_items, comma_items, space_items, tab_items
from corpus.layouts.streams import bar_cell_items, ends_row, stream_items

_BARE = "| \t\u00a0"  # what stands in a line without words
_LOOKED_AT = 60  # lines below a header

Family = Callable[[Sequence[Line]], Iterator[Item]]


def family_of(lines: Sequence[Line]) -> Family:
    """The function that cuts these lines into rows and paragraphs.

    One row per line: tabs or bars part the head words of one line. One cell per line: the head
    word 三级指标 stands alone, after a tab, before a bar, or between blank lines.
    """
    for line in lines:
        if "级" not in line.text and "指" not in line.text:  # all head words of a name have one
            continue
        if is_header(line.text.split("\t")):
            return tab_items
        if is_header(line.text.split("|")):
            return open_bar_items if are_open(lines[: line.number - 1], line) else bar_items
        if "," in line.text and is_header(line.text.split(",")):
            return comma_items
        if is_header(line.text.split()):
            return _parted_by_spaces(line, lines)
        if role_of_head(line.text.strip(_BARE)) is Role.NAME:
            return _one_cell_per_line(line, lines)
    return _without_header(lines)


# Text without separators has patterns of its own, slow to load, and is rare.


def _parted_by_spaces(head: Line, lines: Sequence[Line]) -> Family:
    from corpus.layouts.runs import are_glued, are_pieces, holds_body, holds_head, run_items

    below = lines[head.number : head.number + _LOOKED_AT]
    runs = holds_body(head) or holds_head(head) or are_glued(below) or are_pieces(below)
    return run_items if runs else space_items


def _without_header(lines: Sequence[Line]) -> Family:
    from corpus.layouts.runs import looks_like_runs, run_items

    return run_items if looks_like_runs(lines) else items_of


def _one_cell_per_line(head: Line, lines: Sequence[Line]) -> Family:
    if head.text.startswith("\t"):
        return items_of
    below = lines[head.number : head.number + _LOOKED_AT]
    if any(ends_row(line) for line in below):
        return bar_cell_items
    if "|" in head.text or not (below and below[0].text.strip(_BARE)):
        return stream_items
    from corpus.layouts.runs import run_items

    return run_items
