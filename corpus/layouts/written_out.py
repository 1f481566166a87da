"""Documents whose table stands in paragraphs: a notice in sentences, a table typed with tabs."""

from collections.abc import Iterator, Sequence

from corpus.blocks import Item, Line, Lines, Paragraph, Row, Unread
from corpus.layouts.cell_lines import items_of
from corpus.layouts.families import family_of
from corpus.layouts.sheets import opens_body


def tables_in_paragraphs(items: Sequence[Item]) -> Sequence[Item]:
    """The items, those of its paragraphs read as lines of text where no table holds a header."""
    if any(isinstance(item, Row) and opens_body(item) for item in items):
        return items
    if not any(isinstance(item, Paragraph) and "指标" in item.text for item in items):
        return items
    found = tuple(_lines(items))
    lines = Lines([text for text, _ in found], [number for _, number in found])
    family = family_of(lines)
    if family is items_of and not any(text.startswith("\t") for text in lines.texts):
        return items
    return (*(item for item in items if isinstance(item, Unread)), *family(lines))


def _lines(items: Sequence[Item]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Row) and item.texts:
            yield Line(" ".join(item.texts), item.number)
        elif isinstance(item, Paragraph):
            yield from (Line(text, item.number) for text in item.text.split("\n"))
