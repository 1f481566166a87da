"""What a hit shows of each record, as JSON lines that are read one at a time."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import Source
from index.files import FolderReader, FolderWriter
from index.rows import Row

Spans = NDArray[np.int64]

_LINE_END = ord("\n")


@dataclass(frozen=True, slots=True)
class Card:
    """The shown part of a record; its level, unit and year are in the facets."""

    id: str
    project_id: str
    project: str
    name: str
    description: str
    value: str
    source: Source
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one part, and the file in which they stand already, if any."""

    data: bytes | memoryview
    kept: tuple[str, FolderReader] | None = None


class Cards:
    """Cards of records numbered from 0; `ids` are the record ids, ASCII, in ascending order.

    Lines stand in parts, one of the last full build and one of each addition since; a record's
    line is `spans[record]`, counted in bytes through all parts.
    """

    def __init__(self, parts: Sequence[_Lines], spans: Spans, ids: NDArray[np.bytes_]) -> None:
        self._parts = tuple(parts)
        self._starts = list(accumulate((len(part.data) for part in parts), initial=0))
        self._spans = spans
        self._ids = ids

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Cards":
        """Keep the shown part of each row."""
        none = cls([], np.zeros((0, 2), np.int64), np.zeros(0, np.bytes_))
        return none.grown(rows)

    def grown(self, rows: Iterable[Row]) -> "Cards":
        """With further rows behind those there are."""
        rows = list(rows)
        lines = "".join(_lines(rows)).encode("utf-8", "replace")
        ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == _LINE_END) + 1
        at = np.concatenate([[0], ends]) + self._starts[-1]
        spans = np.concatenate([self._spans, np.stack([at[:-1], at[1:]], axis=1)])
        parts = [*self._parts, _Lines(lines)] if lines else self._parts
        ids = np.asarray([row.id for row in rows], np.bytes_)
        return Cards(parts, spans, np.concatenate([self._ids, ids]))

    def taken(self, records: NDArray[np.int64]) -> "Cards":
        """Of these records only, in this order."""
        return Cards(self._parts, self._spans[records], self._ids[records])

    @classmethod
    def load(cls, files: FolderReader, name: str) -> "Cards":
        """Read what `save` wrote under this name."""
        parts: list[_Lines] = []
        while files.holds(file := _file(name, len(parts))):
            parts.append(_Lines(files.raw(file), (file, files)))
        return cls(parts, files.array(f"{name}.spans.npy"), files.array(f"{name}.ids.npy"))

    def save(self, files: FolderWriter, name: str) -> None:
        """Write lines, where each stands, and ids under this name."""
        for number, part in enumerate(self._parts):
            file = _file(name, number)
            if part.kept is not None and part.kept[0] == file:
                files.keep(file, part.kept[1])
            else:
                files.raw(file, part.data)
        files.array(f"{name}.spans.npy", self._spans)
        files.array(f"{name}.ids.npy", self._ids)

    def __len__(self) -> int:
        return len(self._spans)

    def of_records(self, records: NDArray[np.int64]) -> list[Card]:
        """The cards of some records."""
        lines = b",".join([self._line(*span) for span in self._spans[records].tolist()])
        return [_card(shown) for shown in json.loads(b"[%b]" % lines)]

    def _line(self, start: int, end: int) -> bytes | memoryview:
        part = bisect_right(self._starts, start) - 1
        base = self._starts[part]
        return self._parts[part].data[start - base : end - base]

    def ids(self, records: NDArray[np.int64]) -> tuple[str, ...]:
        """The ids of some records."""
        return tuple(self._ids[records].astype(np.str_).tolist())

    def in_order(self) -> NDArray[np.int64]:
        """The records by id."""
        return np.argsort(self._ids, kind="stable")


def _card(shown: dict[str, Any]) -> Card:
    source = Source(shown.pop("file"), shown.pop("place"), shown.pop("row"))
    return Card(**shown, source=source)


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    """A JSON object for each row, with what a `Card` holds of it; one per line."""
    columns: dict[str, Sequence[str | int]] = {
        "id": [row.id for row in rows],
        "project_id": [row.project_id for row in rows],
        "project": [row.project for row in rows],
        "name": [row.name for row in rows],
        "description": [row.description for row in rows],
        "value": [row.value for row in rows],
        "file": [row.source.file for row in rows],
        "place": [row.source.place for row in rows],
        "row": [row.source.row for row in rows],
    }
    ends = [',"corrected":true' if row.corrected else "" for row in rows]
    line = "{" + ",".join(f'"{name}":%s' for name in columns) + "%s}\n"
    for values in zip(*map(_as_json, columns.values()), ends, strict=True):
        yield line % values


def _as_json(values: Sequence[str | int]) -> list[str]:
    """Each value in JSON. All are written at one go: a call for each takes several times as long.

    No value in JSON holds the end of a line, so that may part them.
    """
    written = json.dumps(values, ensure_ascii=False, separators=("\n", ":"))
    return written[1:-1].split("\n") if values else []


def _file(name: str, number: int) -> str:
    return f"{name}.{number}.jsonl"
