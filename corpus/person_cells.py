"""Personal data in the cells of a document: what a label beside or above them announces."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.blocks import Block, Item, Row, Unread
from text.personal import Finding, Personal, may_hold, personal_data

Texts = frozenset[tuple[Personal, str]]

_LABEL_WORDS = ("负责", "责任人", "联系", "经办", "填", "姓名", "审核", "电话", "手机", "证", "号")
_FEWEST_HEADS = 3


def seen_in(items: Iterable[Item]) -> Texts | None:
    """What the labels in the rows and paragraphs of a document announce, as printed.

    None where there is nothing in the whole document that could be personal.
    """
    blocks: list[Block] = []
    about = set()  # a sheet's name may hold anything, too
    for item in items:
        about.add(item.place)
        if isinstance(item, Unread):
            about.add(item.reason)
        else:
            blocks.append(item)
    lines = [_line(block) for block in blocks]
    if not may_hold("\n".join((*lines, *about))):
        return None
    found: set[tuple[Personal, str]] = set()
    for line, below in pairwise([*lines, ""]):
        if may_hold(line):
            text = f"{line}\n{below}"  # a label at the end of a line announces the next one
            found.update(
                (finding.kind, text[finding.start : finding.end])
                for finding in personal_data(text)
                if finding.labelled or (finding.end <= len(line) and not _is_cell(text, finding))
            )
    found.update(_in_columns(blocks, lines))
    return frozenset(found)


def _line(block: Block) -> str:
    return "\t".join([cell.text for cell in block.cells]) if isinstance(block, Row) else block.text


def _is_cell(text: str, finding: Finding) -> bool:
    """Whether digits fill a cell of their own: without a label they may be any figure."""
    before, after = text[: finding.start][-1:], text[finding.end :][:1]
    digits = text[finding.start : finding.end].isdecimal()
    return digits and before in ("", "\t", "\n") and after in ("", "\t", "\n")


def _in_columns(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[tuple[Personal, str]]:
    """What stands below a label that heads a column (flat exports)."""
    from text.persons import is_announced

    columns: dict[int, Personal] = {}
    width = 0
    for block, line in zip(blocks, lines, strict=True):
        if not isinstance(block, Row):
            columns = {}
            continue
        if len(block.cells) == width:
            for place, kind in columns.items():
                text = block.cells[place].text
                if text and is_announced(kind, text):
                    yield kind, text
        if any(word in line for word in _LABEL_WORDS) and (heads := _heads(block)):
            columns, width = heads, len(block.cells)


def _heads(row: Row) -> dict[int, Personal]:
    """Cells of a row that head a column of persons or numbers; what follows one is not its own."""
    from text.persons import announced, is_announced

    heads: dict[int, Personal] = {}
    if len(row.texts) < _FEWEST_HEADS:
        return heads
    texts = [cell.text for cell in row.cells]
    for place, (text, right) in enumerate(pairwise([*texts, "/"])):
        kind = announced(text)
        if kind is not None and right and not is_announced(kind, right):
            heads[place] = kind
    return heads
