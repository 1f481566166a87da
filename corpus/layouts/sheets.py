"""Cut a document into sheets: the head of a table, its header row and its body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, Paragraph, Row
from corpus.layouts.graded import is_grade_header
from corpus.layouts.labels import label_of, stands_outside
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import is_header, role_of_head
from text.normalise import squeeze

_FOOTER = re.compile(
    r"[(（](盖章|公章|签字)[)）]|(初审|审核)意见|原因分析$|^评价结论|^注[:：]|^(项目|财务)?负责人[:：]"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what stands before its header, the header, and the rows below it.

    A sheet of graded standards has no header of columns; `graded` says so. The last sheet of a
    document may have neither header nor body: then `head` is what was left over.
    """

    head: tuple[Block, ...]
    header: Row | None
    body: tuple[Row, ...]
    graded: bool = False


def sheets_of(items: Sequence[Block]) -> tuple[Sheet, ...]:
    """Cut items into sheets, in document order."""
    return tuple(_cut(items))


def _cut(items: Sequence[Block]) -> Iterator[Sheet]:
    head: list[Block] = []
    header: Row | None = None
    body: list[Row] = []
    graded = False
    for item in items:
        if isinstance(item, Row) and opens_body(item):
            if header is not None and not _repeats(item, header):
                yield Sheet(tuple(head), header, tuple(body), graded)
                head, body = [], []
            if header is None or not _repeats(item, header):
                header, graded = item, is_grade_header(item)
        elif isinstance(item, Row) and header is not None and not body and _is_subheader(item):
            header = _merged_header(header, item)
        elif header is None:
            head.append(item)
        elif _ends_body(item, graded):
            yield Sheet(tuple(head), header, tuple(body), graded)
            head, header, body, graded = [item], None, [], False
        elif isinstance(item, Row) and item.texts:
            body.append(item)
    if header is not None or head:
        yield Sheet(tuple(head), header, tuple(body), graded)


def _repeats(row: Row, header: Row) -> bool:
    """A table that goes on after a page break prints its header again."""
    return [squeeze(t) for t in row.texts] == [squeeze(t) for t in header.texts]


def _is_subheader(row: Row) -> bool:
    """A second header row: head words only (指标值类型, 指标值, 度量单位 below 指标值)."""
    return bool(row.texts) and all(role_of_head(t) for t in row.texts)


def _merged_header(above: Row, below: Row) -> Row:
    """One header of two rows: the lower word where there is one."""
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
    first = squeeze(next((t for t in item.texts), ""))
    if level1_of(first) or level2_of(first):
        return False
    if len(item.texts) == 1 and stands_outside(first):
        return True
    return bool(first and (label_of(first) or _FOOTER.search(first)))
