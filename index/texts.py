"""What is indexed of a record: its texts in the form that is compared, each kept once."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from index.results import Scope
from text.normalise import one_line

NO_TEXT = -1  # in a row map: this record has no text in this field

_PLAIN = re.compile(r"[\u4e00-\u9fff]*")
_IDLE_SPACE = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a record that gets vectors of its own; `weight` says how much it may add."""

    name: str
    weight: float


# The first field leads; the others add what it leaves unsaid (see `index.fusion`).
FIELDS: dict[Scope, tuple[Field, ...]] = {
    Scope.INDICATOR: (Field("name", 1.0), Field("description", 0.3), Field("project", 0.2)),
    Scope.GOAL: (Field("name", 1.0), Field("project", 0.2)),
    Scope.PROJECT: (Field("name", 1.0), Field("description", 0.5), Field("goal", 0.7)),
}


def indexed_form(text: str) -> str:
    """The form that is encoded and cut into words, one line.

    Width is made equal (NFKC); a space stays only between Latin letters or digits, as a break in
    a table cell says nothing in Chinese. Half a character (lone surrogate) becomes "?".
    """
    if _PLAIN.fullmatch(text):
        return text
    text = text.encode("utf-8", "replace").decode()
    return _IDLE_SPACE.sub("", one_line(unicodedata.normalize("NFKC", text)))


class IndexedForms(dict[str, str]):
    """The indexed form of each text that was asked for: a build asks for most of them twice."""

    def __missing__(self, text: str) -> str:
        form = self[text] = indexed_form(text)
        return form


@dataclass(frozen=True, slots=True)
class UniqueTexts:
    """Each text of a field once, and for each record the number of its text (or `NO_TEXT`)."""

    field: Field
    texts: tuple[str, ...]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, field: Field, texts: Iterable[str]) -> "UniqueTexts":
        """Number texts in the order in which they are met; an empty text gets `NO_TEXT`."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        rows = [numbers[text] if text else NO_TEXT for text in texts]
        return cls(field, tuple(numbers), np.asarray(rows, np.int32))
