"""One file to its records: read, hash, parse, keep the original."""

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.intake.walk import FoundFile, reason_of
from corpus.parse import parse_bytes
from corpus.store.content import Content
from errors import HomeUnwritableError, InputError, LimitError, NoTableError

SIZE_LIMIT = 200 * 1024 * 1024
"""Bytes of the largest file that is read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file gave: its rows, or the reason why there are none.

    `digest` is the SHA-256 of its bytes; "" where it has none or where another try may read it.
    """

    digest: str
    size: int = 0
    content: Content | None = None
    reason: str = ""


def digest_of(file: FoundFile) -> Outcome:
    """Hash a file without reading it into memory: an outcome with a digest or a reason."""
    try:
        with file.path.open("rb") as handle:
            size = _size_within_limit(handle)
            return Outcome(hashlib.file_digest(handle, "sha256").hexdigest(), size)
    except OSError as error:
        return Outcome("", reason=reason_of(error))
    except LimitError as error:
        return Outcome("", reason=str(error))


def read_file(file: FoundFile, files_dir: Path) -> Outcome:
    """Read one file; what could be read has its original kept in `files_dir` before this returns.

    :raises HomeUnwritableError: the original could not be kept.
    """
    try:
        with file.path.open("rb") as handle:
            _size_within_limit(handle)
            data = handle.read()
    except OSError as error:
        return Outcome("", reason=reason_of(error))
    except LimitError as error:
        return Outcome("", reason=str(error))
    digest = hashlib.sha256(data).hexdigest()
    try:
        content = Content.of(digest, parse_bytes(data, file.name))
    except (NoTableError, LimitError) as error:  # these bytes will never say anything else
        return Outcome(digest, len(data), reason=str(error))
    except InputError as error:  # a program may be missing that is there next time
        return Outcome("", len(data), reason=str(error))
    except Exception as error:
        # Any exception is taken here: a reader that fails on one strange file must not end a
        # run over thousands, and the report names the file.
        return Outcome(
            "", len(data), reason=f"internal error while reading: {type(error).__name__}"
        )
    keep_original(data, digest, files_dir)
    return Outcome(digest, len(data), content)


def original_path(files_dir: Path, digest: str) -> Path:
    """Say where the original with this SHA-256 is kept."""
    return files_dir / digest[:2] / digest


def keep_original(data: bytes, digest: str, files_dir: Path) -> None:
    """Keep a document's bytes; either all of them stand at `original_path`, or nothing.

    :raises HomeUnwritableError: no right or no room.
    """
    target = original_path(files_dir, digest)
    try:
        if target.exists() and target.stat().st_size == len(data):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{digest}.{secrets.token_hex(4)}.tmp")
        try:
            with temporary.open("xb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise HomeUnwritableError(
            f"cannot keep a copy in {files_dir} ({error.strerror or error}): "
            "check the rights and the free space of the data folder"
        ) from error


def _size_within_limit(handle: BinaryIO) -> int:
    size = os.fstat(handle.fileno()).st_size
    if size > SIZE_LIMIT:
        raise LimitError(
            f"the file has {size / 2**20:,.0f} MB, at most {SIZE_LIMIT // 2**20} MB are read: "
            "split it into smaller documents"
        )
    return size
