"""A second process that encodes while this one does something else.

Python runs one thread at a time; cutting tens of thousands of texts into words is work for a
whole processor. The process loads the same static model, takes all texts at once and gives back
their vectors, chunk by chunk, so that the one that asked can take over what is left.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from embed.encoder import Encoder, Vectors
from embed.static import StaticEncoder

CHUNK = 2048
"""Texts that are encoded at once."""


class EncodingProcess:
    """One process for one batch of texts; use as a context manager, which ends it."""

    def __init__(self, process: subprocess.Popen[bytes], dim: int) -> None:
        self._process = process
        self._dim = dim
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoding")
        self._chunks: list[Vectors] = []

    @classmethod
    def start(cls, encoder: Encoder) -> Self | None:
        """Start it for a static model where there is a processor for it; else None."""
        folder = encoder.folder if isinstance(encoder, StaticEncoder) else None
        if folder is None or (os.cpu_count() or 1) < 2:
            return None
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "embed.beside", str(folder.absolute())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[1],  # where `embed` is found
                start_new_session=True,  # Ctrl-C is for this process, which then ends that one
            )
        except OSError:
            return None
        return cls(process, encoder.dim)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._thread.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        self._process.wait()

    def begin(self, texts: Sequence[str]) -> None:
        """Begin to encode, chunk after chunk in their order."""
        self._thread.submit(self._exchange, list(texts))

    def came(self) -> tuple[Vectors, ...]:
        """The chunks that are done by now, `(CHUNK or fewer, dim)` float32 each.

        No more of them come when the process failed.
        """
        return tuple(self._chunks)

    def _exchange(self, texts: list[str]) -> None:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            return
        try:
            asked.write(json.dumps(texts).encode("ascii"))
            asked.close()
            for start in range(0, len(texts), CHUNK):
                rows = min(CHUNK, len(texts) - start)
                answer = answers.read(4 * self._dim * rows)
                if len(answer) < 4 * self._dim * rows:
                    return
                self._chunks.append(np.frombuffer(answer, np.float32).reshape(rows, self._dim))
        except (OSError, ValueError):  # the pipe is broken or was closed
            return


def _serve(folder: Path) -> None:
    encoder = StaticEncoder.load(folder)
    encoder.encode_documents(["指标"] * CHUNK)  # what loads at the first use, loads while waiting
    texts: list[str] = json.loads(sys.stdin.buffer.read())
    for start in range(0, len(texts), CHUNK):
        vectors = encoder.encode_documents(texts[start : start + CHUNK])
        sys.stdout.buffer.write(np.ascontiguousarray(vectors, np.float32).tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
