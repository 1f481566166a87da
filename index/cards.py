"""What a hit shows of each record, as JSON lines that are read one at a time."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.records import Source
from index.files import FolderReader, FolderWriter
from index.rows import Row


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


class Cards:
    """Cards of records numbered from 0; `ids` are the record ids, ASCII, in ascending order."""

    def __init__(
        self, lines: bytes | memoryview, starts: NDArray[np.int64], ids: NDArray[np.bytes_]
    ) -> None:
        self._lines = lines
        self._starts = starts
        self._ids = ids

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Cards":
        """Keep the shown part of each row."""
        lines, starts, ids = bytearray(), [0], []
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        for row in rows:
            shown: dict[str, object] = {
                "id": row.id,
                "project_id": row.project_id,
                "project": row.project,
                "name": row.name,
                "description": row.description,
                "value": row.value,
                "file": row.source.file,
                "place": row.source.place,
                "row": row.source.row,
            }
            if row.corrected:
                shown["corrected"] = True
            lines += write(shown).encode("utf-8", "replace") + b"\n"
            starts.append(len(lines))
            ids.append(row.id)
        return cls(bytes(lines), np.asarray(starts, np.int64), np.asarray(ids, np.bytes_))

    @classmethod
    def load(cls, files: FolderReader, name: str) -> "Cards":
        """Read what `save` wrote under this name."""
        starts, ids = files.array(f"{name}.starts.npy"), files.array(f"{name}.ids.npy")
        return cls(files.raw(f"{name}.jsonl"), starts, ids)

    def save(self, files: FolderWriter, name: str) -> None:
        """Write lines, where each starts, and ids under this name."""
        files.raw(f"{name}.jsonl", self._lines)
        files.array(f"{name}.starts.npy", self._starts)
        files.array(f"{name}.ids.npy", self._ids)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, record: int) -> Card:
        start, end = self._starts[record : record + 2].tolist()
        shown = json.loads(bytes(self._lines[start:end]))
        source = Source(shown.pop("file"), shown.pop("place"), shown.pop("row"))
        return Card(**shown, source=source)

    def ids(self, records: NDArray[np.int64]) -> tuple[str, ...]:
        """The ids of some records."""
        return tuple(self._ids[records].astype(np.str_).tolist())
