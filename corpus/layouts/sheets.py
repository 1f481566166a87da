"""Cut a document into sheets: the head of a table, its header row and its body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.blocks import Block, Cell, Paragraph, Row
from corpus.frozen import frozen
from corpus.layouts.graded import is_grade_header
from corpus.layouts.labels import is_foot, label_of, stands_outside
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role, flat_role_of_head, group_head, is_header, role_of_head
from text.normalise import squeeze

_SIDE = re.compile(r"(?:项目|年度)?绩效指标$")  # a label down the side of the table
_COUNTING = re.compile(r"(?:序|编|行)[号次]$|项目(?:类[别型]|属性)$|(?:支出|功能)?科目(?:名称)?$")
_NUMBERED = re.compile(r"\s*[（(]?[\d一二三四五六七八九十]+[)）]?[.、．]")  # in a list of projects
_MONEY_LINE = re.compile(r"[(（]?(?:金额|计量)?单位[:：](?:亿|百?万|千)?元[)）]?$")
_NARROWEST = 3  # cells of a row that can belong to a target table


@frozen
class Sheet:
    """One table: what stands before its header, the header, and the rows below it.

    A sheet of graded standards has no header of columns; `graded` says so. The last sheet of a
    document may have neither header nor body: then `head` is what was left over.
    """

    head: tuple[Block, ...]
    header: Row | None
    body: Sequence[Row]
    graded: bool = False


def sheets_of(items: Sequence[Block]) -> tuple[Sheet, ...]:
    """Cut items into sheets, in document order."""
    sheets: list[Sheet] = []
    for sheet in _cut(items):
        above = sheets[-1] if sheets else None
        if above is not None and _goes_on(above, sheet):
            sheets[-1] = replace(above, body=(*above.body, *sheet.body))
        else:
            sheets.append(sheet)
    return tuple(sheets)


def _goes_on(above: Sheet, sheet: Sheet) -> bool:
    """Is this sheet the next page of the one above: the same titles and header printed again?"""
    if not sheet.head or sheet.header is None or above.header is None or above.graded:
        return False
    again = [t for item in sheet.head for t in _texts(item)]
    if any(label_of(t) or _NUMBERED.match(t) for t in again):
        return False
    printed = {squeeze(t) for item in above.head for t in _texts(item)}
    titles = all(squeeze(t) in printed for t in again)
    return titles and _words(sheet.header) == _words(above.header)


def _texts(item: Block) -> Sequence[str]:
    return item.texts if isinstance(item, Row) else (item.text,)


def _cut(items: Sequence[Block]) -> Iterator[Sheet]:
    cutter = _Cutter()
    for item in items:
        if isinstance(item, Row) and opens_body(item):
            yield from cutter.header_row(item)
        elif cutter.header is None:
            cutter.head.append(item)
        elif isinstance(item, Row) and not cutter.body and _is_subheader(item):
            cutter.second_header_row(item)
        elif not cutter.body and _says_money_unit(item):
            cutter.head.append(item)
        elif _ends_body(item, cutter.graded) or _is_elsewhere(item, cutter.place):
            yield from cutter.ended()
            cutter.head.append(item)
        elif isinstance(item, Row) and item.texts:
            cutter.body_row(item)
    yield from cutter.ended()


@dataclass(slots=True)
class _Cutter:
    """The sheet that is being read; `words` are those of its header rows."""

    head: list[Block] = field(default_factory=list)
    header: Row | None = None
    words: frozenset[str] = frozenset()
    body: list[Row] = field(default_factory=list)
    graded: bool = False
    place: str = ""
    repeated: bool = False

    def header_row(self, row: Row) -> Iterator[Sheet]:
        """A header begins a sheet, or is printed again after a page break."""
        self.repeated = self.header is not None and _repeats(row, self.words)
        if not self.repeated:
            if self.header is not None:
                yield from self.ended()
            self.words = _words(row)
            row = self._with_upper(row)
            self.header, self.graded = row, is_grade_header(row)
        self.place = row.place

    def _with_upper(self, row: Row) -> Row:
        """A header whose blank cells are merged with head words of the row above it."""
        above = self.head[-1] if self.head else None
        if not isinstance(above, Row) or above.place != row.place:
            return row
        cells = _under_upper(above, row)
        if cells is None:
            return row
        self.head.pop()
        self.words |= _words(above)
        return Row(cells, row.place)

    def second_header_row(self, row: Row) -> None:
        """The lower row of a header of two rows."""
        assert self.header is not None  # noqa: S101 - see `_cut`
        self.header, self.words = _merged_header(self.header, row), self.words | _words(row)

    def body_row(self, row: Row) -> None:
        """A row below the header, unless it is a row of a repeated header."""
        several = len(row.texts) > 1 or self.repeated
        if not (several and _repeats(row, self.words)):
            self.body.append(row)
        self.place, self.repeated = row.place, False

    def ended(self) -> Iterator[Sheet]:
        """The sheet read so far, if any; the next one begins."""
        if self.header is not None or self.head:
            yield Sheet(tuple(self.head), self.header, tuple(self.body), self.graded)
        self.head, self.header, self.body, self.graded = [], None, [], False


def _under_upper(above: Row, row: Row) -> tuple[Cell, ...] | None:
    """The cells of a header below the row of its upper words, or None where that is another row.

    Where merged cells leave nothing, the lower words stand for the last upper one (绩效指标).
    """
    missing = len(row.cells) - len(above.cells)
    upper = above.texts
    if len(row.texts) == len(row.cells) or missing < 0:
        whole = len(upper) == len(above.cells) and len(row.texts) == len(row.cells)
        if whole and _SIDE.match(squeeze(upper[-1])) and _names_projects(upper[:-1]):
            return (*above.cells[:-1], *row.cells)
        return None
    blanks = [Cell("", above.number)] * missing  # behind the last word, where lines end
    pairs = tuple(zip((*above.cells, *blanks), row.cells, strict=True))
    said = [a.text for a, b in pairs if a.text and not b.text]
    over = [a.text for a, b in pairs if a.text and b.text]
    flat = len(over) <= 1 and _names_projects(said)
    known = (
        not missing
        and any(map(role_of_head, said))
        and all(role_of_head(word) or _SIDE.match(squeeze(word)) for word in said)
    )
    return tuple(b if b.text else a for a, b in pairs) if flat or known else None


def _names_projects(words: Sequence[str]) -> bool:
    """Are these the heads of a flat export: 单位, 项目名称, 预算数 …?"""
    telling = [word for word in words if not _COUNTING.match(squeeze(word))]
    roles = [flat_role_of_head(word) or role_of_head(word) for word in telling]
    return len(roles) > 1 and Role.PROJECT in roles and all(roles)


def _words(row: Row) -> frozenset[str]:
    return frozenset(map(squeeze, row.texts))


def _repeats(row: Row, words: frozenset[str]) -> bool:
    """A table that goes on after a page break prints its header again, side labels apart."""
    for text in row.texts:  # mostly the first is none of them
        if squeeze(text) not in words:
            return False
    return True


def _is_elsewhere(item: Block, place: str) -> bool:
    """Is this a row of another sheet or table, too narrow to go on with the one before?"""
    return isinstance(item, Row) and item.place != place and len(item.cells) < _NARROWEST


def _says_money_unit(item: Block) -> bool:
    """Is this 金额单位：元, printed between the header and the first row?"""
    texts = _texts(item)
    return len(texts) == 1 and _MONEY_LINE.match(squeeze(texts[0])) is not None


def _is_subheader(row: Row) -> bool:
    """A second header row: head words only (指标值类型, 指标值, 度量单位 below 指标值)."""
    return bool(row.texts) and all(role_of_head(t) for t in row.texts)


def _merged_header(above: Row, below: Row) -> Row:
    """One header of two rows: the lower word where there is one.

    Where merged cells leave nothing, the lower words stand for one word of the upper row.
    """
    more = len(below.cells) - len(above.cells)
    group = group_head([c.text for c in above.cells]) if more and len(below.texts) > 1 else None
    if group is not None and more < 0 and all(c.text for c in below.cells):
        cells = (*above.cells[:group], *below.cells, *above.cells[group + 1 :])
        return Row(tuple(cells), above.place)
    if group is not None and more > 0:
        blank = Cell("", above.number)
        cells = (*above.cells[: group + 1], *[blank] * more, *above.cells[group + 1 :])
        above = Row(tuple(cells), above.place)
    lower = [*below.cells, *above.cells[len(below.cells) :]]
    return Row(
        tuple(b if b.text else a for a, b in zip(above.cells, lower, strict=False)), above.place
    )


def opens_body(row: Row) -> bool:
    """Is this row the header of a target table or of graded standards?"""
    return is_header(row.texts) or is_grade_header(row)


def _ends_body(item: Block, graded: bool) -> bool:
    """Does this item belong to the next sheet already?"""
    if isinstance(item, Paragraph):
        return True
    if graded:
        return bool(item.texts) and len(item.texts) < 3
    first = squeeze(item.texts[0]) if item.texts else ""
    if level1_of(first) or level2_of(first):
        return False
    if len(item.texts) == 1 and stands_outside(first):
        return True
    return bool(first and (label_of(first) or is_foot(first)))
