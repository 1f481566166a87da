"""The lines of a large file of a generation, read one by one where they stand."""

import re
from collections.abc import Collection, Iterator

import numpy as np

_BREAK = 10


class LineView:
    """Texts of a file written by `FolderWriter.lines`; none is kept once it was given out."""

    def __init__(self, raw: memoryview) -> None:
        self._raw = raw
        breaks = np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == _BREAK)
        self._ends = breaks.astype(np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends):
            raise IndexError(place)
        begin = int(self._ends[place - 1]) + 1 if place else 0
        return str(self._raw[begin : int(self._ends[place])], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))

    def naming(self, words: Collection[str]) -> list[int]:
        """The places of all lines that hold any of these words, in order."""
        found: set[int] = set()
        for word in words:
            at = [one.start() for one in re.finditer(re.escape(word.encode()), self._raw)]
            found.update(np.searchsorted(self._ends, at).tolist())
        return sorted(found)
