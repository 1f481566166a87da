"""The originals of the documents, each under its SHA-256: all of one or nothing."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from errors import HomeUnwritableError


def original_path(files_dir: Path, digest: str) -> Path:
    """Say where the original with this SHA-256 is kept."""
    return files_dir / digest[:2] / digest


def keep_original(data: bytes, digest: str, files_dir: Path) -> None:
    """Keep a document's bytes; either all of them stand at `original_path`, or nothing.

    They are safe from a loss of power after `sync_originals`.

    :raises HomeUnwritableError: no right or no room.
    """
    target = os.fspath(original_path(files_dir, digest))
    with suppress(OSError):
        if os.stat(target).st_size == len(data):
            return
    with _told(files_dir):
        folder = os.path.dirname(target)
        os.makedirs(folder, exist_ok=True)
        copy = os.path.join(folder, f".{digest}.{secrets.token_hex(4)}.tmp")
        try:
            with open(copy, "xb") as handle:
                handle.write(data)
            os.replace(copy, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(copy)
            raise


def sync_originals(digests: Iterable[str], files_dir: Path) -> None:
    """Have these originals on the disk when this returns, before the store says they are there.

    Many at once take hardly longer than one: the first waits for all of them.

    :raises HomeUnwritableError: the disk refuses.
    """
    with _told(files_dir):
        for digest in digests:
            handle = os.open(original_path(files_dir, digest), os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextmanager
def _told(files_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise HomeUnwritableError(
            f"cannot keep a copy in {files_dir} ({error.strerror or error}): "
            "check the rights and the free space of the data folder"
        ) from error
