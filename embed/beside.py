"""A second process that cuts texts into words and encodes them while this one does other things.

Python runs one thread at a time; cutting tens of thousands of texts into words is work for a
whole processor. The process loads the same static model, takes all texts at once and gives back
their vectors and terms, chunk by chunk, so that the one that asked can take over what is left.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder, Vectors
from embed.static import StaticEncoder
from text.terms import Terms

CHUNK = 2048
"""Texts that are encoded at once."""

_LONGEST_WAIT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of `CHUNK` or fewer texts: `(n, dim)` vectors, and their terms if asked for."""

    vectors: Vectors
    terms: Terms | None

    @classmethod
    def of(cls, encoder: Encoder, texts: Sequence[str], *, cut: bool) -> Self:
        """Encode texts and, with `cut`, cut them into terms."""
        return cls(encoder.encode_documents(texts), Terms.of(texts) if cut else None)


class EncodingProcess:
    """One process for one batch of texts; use as a context manager, which ends it."""

    def __init__(self, process: subprocess.Popen[bytes], dim: int) -> None:
        self._process = process
        self._dim = dim
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoding")
        self._chunks: list[Chunk] = []
        self._news = threading.Condition()
        self._ended = False  # no more chunks come

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

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, also in the middle of its work."""
        self._process.kill()
        self._thread.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        self._process.wait()

    def begin(self, texts: Sequence[str], cut: int = 0) -> None:
        """Begin to encode, chunk after chunk in their order; the first `cut` texts are also cut."""
        self._thread.submit(self._exchange, list(texts), cut)

    def came(self) -> tuple[Chunk, ...]:
        """The chunks that are done by now, in the order of the texts.

        No more of them come when the process failed.
        """
        return tuple(self._chunks)

    def wait(self, chunks: int) -> bool:
        """Wait until so many chunks are done; False where the process fails, or takes too long."""
        with self._news:
            self._news.wait_for(lambda: self._ended or len(self._chunks) >= chunks, _LONGEST_WAIT)
            return len(self._chunks) >= chunks

    def _exchange(self, texts: list[str], cut: int) -> None:
        try:
            for chunk in self._answers(texts, cut):
                with self._news:
                    self._chunks.append(chunk)
                    self._news.notify_all()
        except (OSError, ValueError):  # the pipe is broken or was closed
            return
        finally:
            with self._news:
                self._ended = True
                self._news.notify_all()

    def _answers(self, texts: list[str], cut: int) -> Iterator[Chunk]:
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            return
        asked.write(json.dumps([cut, texts]).encode("ascii"))
        asked.close()
        for start in range(0, len(texts), CHUNK):
            yield _read(answers, min(CHUNK, len(texts) - start), self._dim)


def _write(chunk: Chunk, to: IO[bytes]) -> None:
    terms = chunk.terms
    head = None if terms is None else {"names": terms.names, "ids": len(terms.ids)}
    to.write(json.dumps(head).encode("ascii") + b"\n")
    to.write(np.ascontiguousarray(chunk.vectors, np.float32).tobytes())
    if terms is not None:
        to.write(terms.ids.tobytes() + terms.lengths.tobytes())
    to.flush()


def _read(answers: IO[bytes], rows: int, dim: int) -> Chunk:
    """Raises ValueError when the answer ends before it is complete."""
    head: dict[str, Any] | None = json.loads(answers.readline())
    vectors = _array(answers, np.float32, rows * dim).reshape(rows, dim)
    if head is None:
        return Chunk(vectors, None)
    ids = _array(answers, np.int64, head["ids"])
    return Chunk(vectors, Terms(tuple(head["names"]), ids, _array(answers, np.int64, rows)))


def _array(answers: IO[bytes], kind: type[np.generic], size: int) -> NDArray[Any]:
    data = answers.read(size * np.dtype(kind).itemsize)
    return np.frombuffer(data, kind, count=size)


def _serve(folder: Path) -> None:
    encoder = StaticEncoder.load(folder)
    encoder.encode_documents(["指标"] * CHUNK)  # what loads at the first use, loads while waiting
    cut, texts = json.loads(sys.stdin.buffer.read())
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        _write(Chunk.of(encoder, chunk, cut=start < cut), sys.stdout.buffer)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
