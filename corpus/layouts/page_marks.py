"""What a page adds to the lines of a table: page numbers, 续表, bars of other widths."""

import re
from collections.abc import Sequence

from corpus.blocks import Item, Line, Lines, Paragraph, Row
from corpus.layouts.labels import stands_outside

_RARELY = 5  # blank lines: at most one line in so many
_LONGEST = 40  # characters
_MARK = re.compile(
    r"[\W_]*(?:第?\s*\d{1,4}\s*页[\W_]*(?:共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页[\W_]*第\s*\d{1,4}\s*页"
    r"|[-—–]\s*\d{1,4}\s*[-—–]|[续接]上?[表页]|转下页|[（(]续[）)])[\W_]*"
    r"|\S{2,30}表\s*[（(]续\s*表?[）)]\s*"
)
_RULE = re.compile(r"(?=.*---)[\s|+:=-]*[|+][\s|+:=-]*")  # below the header of a table in Markdown
_WIDE_BARS = "｜│"
_BARS = str.maketrans(_WIDE_BARS, "||")
# Every mark has one of these at the end of a line or before what follows: quick to look for.
_TELLING = re.compile(
    r"页|续(?=[上表页\s)）])|接(?=上?表)|-(?=\s*$)|—(?=\s*$)|–(?=\s*$)", re.MULTILINE
)
_BARE_NUMBER = re.compile(r"\d{1,3}")


def is_page_mark(text: str) -> bool:
    """Does a whole line say which page it stands on, or that a table goes on?"""
    if len(text) > _LONGEST:
        return False
    return _TELLING.search(text) is not None and _MARK.fullmatch(text) is not None


def plain_lines(lines: Lines) -> Lines:
    """The lines of a text with | for the bars of other widths, empty where a page mark stood."""
    whole = "\n".join(lines.texts)  # most texts have nothing of this
    if any(bar in whole for bar in _WIDE_BARS):
        lines = Lines(whole.translate(_BARS).split("\n"), lines.numbers)
    if "---" in whole:
        texts = ["" if _RULE.fullmatch(text) else text for text in lines.texts]
        lines = Lines(texts, lines.numbers)
    if _TELLING.search(whole):
        lines = Lines(_without_marks(lines.texts), lines.numbers)
    return lines


def _without_marks(texts: Sequence[str]) -> list[str]:
    """The lines without page marks, nor the title of the document printed again beside one.

    The title of a table may be that of the next table, and stays.
    """
    marks = {k for k, text in enumerate(texts) if is_page_mark(text)}
    title = next((said for text in texts if (said := text.strip())), "") if marks else ""
    beside = {n for k in marks for n in (k - 1, k + 1) if 0 < n < len(texts)}
    if len(title) > 1 and not stands_outside(title):
        marks |= {n for n in beside if texts[n].strip() == title}
    return ["" if k in marks else text for k, text in enumerate(texts)]


def without_mark_items(items: Sequence[Item]) -> list[Item]:
    """Rows and paragraphs without page marks; a paragraph of a number alone is one too."""
    return [item for item in items if not _is_mark(item)]


def _is_mark(item: Item) -> bool:
    if isinstance(item, Paragraph):
        return is_page_mark(item.text) or _BARE_NUMBER.fullmatch(item.text) is not None
    return isinstance(item, Row) and len(item.texts) == 1 and is_page_mark(item.texts[0])


def without_page_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a page's text without numbers that blank lines part from it.

    Only where hardly anything else is parted so: elsewhere such a number is a cell.
    """
    blank = [not line.text or line.text.isspace() for line in lines]
    if _RARELY * sum(blank) >= len(lines):
        return lines
    return tuple(
        line
        for k, line in enumerate(lines)
        if not (
            _BARE_NUMBER.fullmatch(line.text.strip())
            and all(blank[max(k - 1, 0) : k] + blank[k + 1 : k + 2])
        )
    )
