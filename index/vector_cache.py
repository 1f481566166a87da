"""Vectors of slow encoders, kept by model and text: no text is encoded twice on a machine.

    vectors/<model id>/<digest>.npy    one segment: rows of key and vector, never changed
    vectors/<model id>/.tmp-<digest>   one being written, or left behind by a killed build

A segment is written as soon as its texts are encoded, so a build of hours that was killed goes on
where it stopped. The name of a segment is the digest of its bytes; one that is not what was
written is left out, and its texts are encoded again. Models do not share a folder, and all of
`vectors/` may be deleted at any time: it only saves work.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder, Vectors
from embed.static import StaticEncoder
from index.files import sync_folder, write_synced

KEY_BYTES = 16
SEGMENT = 512
"""Texts in a segment: what a killed build loses at most."""

_TEMPORARY = ".tmp-"
_DIGEST_BYTES = 8


class VectorCache:
    """The vectors of one model; only one process may write (the caller holds the home's lock)."""

    def __init__(self, folder: Path, dim: int) -> None:
        self.folder = folder
        self._type = np.dtype([("key", f"V{KEY_BYTES}"), ("vector", "<f4", (dim,))])

    @classmethod
    def of(cls, vectors: Path, encoder: Encoder) -> "VectorCache | None":
        """The cache of an encoder below `vectors`; None for a static one, as fast as a disk."""
        if isinstance(encoder, StaticEncoder):
            return None
        return cls(vectors / re.sub(r"[^\w.-]", "_", encoder.model_id), encoder.dim)

    def find(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors `(dim,)` that are known, by text."""
        wanted = {_key(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        for segment in self._segments() if wanted else ():
            keys: list[bytes] = segment["key"].tolist()
            places = [place for place, key in enumerate(keys) if key in wanted]
            vectors = np.asarray(segment["vector"][places], np.float32)
            found.update(zip((wanted[keys[place]] for place in places), vectors, strict=True))
        return found

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep `(n, dim)` vectors; they are on the disk when this returns.

        :raises OSError: no room or no right to write.
        """
        segment = np.empty(len(texts), self._type)
        segment["key"] = np.frombuffer(b"".join(map(_key, texts)), f"V{KEY_BYTES}")
        segment["vector"] = vectors
        buffer = io.BytesIO()
        np.save(buffer, segment, allow_pickle=False)
        data = buffer.getbuffer()
        name = hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f"{_TEMPORARY}{name}"
        write_synced(temporary, data)
        os.replace(temporary, self.folder / f"{name}.npy")
        sync_folder(self.folder)

    def sweep(self) -> None:
        """Remove what a killed build left unfinished."""
        for path in self.folder.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                path.unlink()

    def _segments(self) -> Iterator[NDArray[Any]]:
        """The sound segments; a damaged one is of no use and is removed."""
        for path in sorted(self.folder.glob("*.npy")):
            segment = self._read(path)
            if segment is not None:
                yield segment
                continue
            with suppress(OSError):
                path.unlink()

    def _read(self, path: Path) -> NDArray[Any] | None:
        """The rows of a segment as they were written, mapped; None where they are not."""
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, _digest).hexdigest()
            if digest != path.stem:
                return None
            segment: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return segment if segment.dtype == self._type and segment.ndim == 1 else None


def _digest() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=_DIGEST_BYTES)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
