"""The originals of the documents, each under its SHA-256: all of one or nothing."""

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from errors import HomeUnwritableError

# A disk takes as long to write a small document for good as it takes to read its tables.
_disk = ThreadPoolExecutor(1, thread_name_prefix="originals")


def original_path(files_dir: Path, digest: str) -> Path:
    """Say where the original with this SHA-256 is kept."""
    return files_dir / digest[:2] / digest


class Keeping:
    """A copy of a document, on its way to the disk while the document is read.

    Use as a context manager: what was not finished inside is dropped at its end.
    """

    def __init__(self, data: bytes, digest: str, files_dir: Path) -> None:
        self._files_dir = files_dir
        self._target = os.fspath(original_path(files_dir, digest))
        self._copy = _disk.submit(_written, data, self._target)
        self._finished = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._finished:
            return
        with suppress(OSError):
            if copy := self._copy.result():
                os.unlink(copy)

    def finish(self) -> None:
        """Have the whole document stand at its place, safe from a loss of power.

        :raises HomeUnwritableError: no right or no room; then nothing stands there.
        """
        try:
            if copy := self._copy.result():
                os.replace(copy, self._target)
        except OSError as error:
            raise HomeUnwritableError(
                f"cannot keep a copy in {self._files_dir} ({error.strerror or error}): "
                "check the rights and the free space of the data folder"
            ) from error
        self._finished = True


def _written(data: bytes, target: str) -> str:
    """Write bytes beside their place and return where; "" where they stand in place already."""
    with suppress(OSError):
        if os.stat(target).st_size == len(data):
            return ""
    folder, name = os.path.split(target)
    os.makedirs(folder, exist_ok=True)
    copy = os.path.join(folder, f".{name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(copy, "xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
    except BaseException:
        with suppress(OSError):
            os.unlink(copy)
        raise
    return copy
