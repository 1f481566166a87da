"""What a reader hands to the layouts: paragraphs and rows of cells, in document order."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Final, NamedTuple, overload

from corpus.frozen import frozen


class Cell(NamedTuple):
    """One cell. `number` is its row number as sources count it (see DESIGN, section 5).

    `merged` marks a cell swallowed by the one above it, so that its text is carried down.
    """

    text: str
    number: int
    merged: bool = False


as_cell: Callable[[tuple[str, int, bool]], Cell] = partial(tuple.__new__, Cell)
"""A cell from its three fields, at half the price: a document has thousands of them."""


class Row:
    """One row of a table; `place` names the table (and page) where lines are not counted.

    `texts` are those of the cells that say something.
    """

    __slots__ = ("cells", "place", "texts")

    def __init__(self, cells: tuple[Cell, ...], place: str = "") -> None:
        self.cells: Final = cells
        self.place: Final = place
        self.texts: Final = tuple([cell.text for cell in cells if cell.text])

    @property
    def number(self) -> int:
        """Row number of the first cell that says something."""
        return next((c.number for c in self.cells if c.text), self.cells[0].number)

    @property
    def stands(self) -> str:
        """Where it stands, as remarks say it: a row of its table, else a line of the text."""
        return f"{self.place} row {self.number}" if self.place else f"line {self.number}"


@frozen
class Paragraph:
    """Running text outside a table."""

    text: str
    number: int
    place: str = ""


@frozen
class Unread:
    """A part of a document that could not be read, and why."""

    place: str
    reason: str


Block = Row | Paragraph
Item = Block | Unread


class Line(NamedTuple):
    """One line of a text file, without its end; `number` counts from 1."""

    text: str
    number: int


_as_line: Callable[[tuple[str, int]], Line] = partial(tuple.__new__, Line)


class Lines(Sequence[Line]):
    """Lines of a text, made when the first is asked for: some texts are read without them."""

    def __init__(self, texts: Sequence[str], numbers: Sequence[int] = ()) -> None:
        self.texts: Final = texts
        self.numbers: Final = numbers or range(1, len(texts) + 1)

    @cached_property
    def _made(self) -> Sequence[Line]:
        return tuple(map(_as_line, zip(self.texts, self.numbers, strict=True)))

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Line]:
        return iter(self._made)

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        return self._made[place]
