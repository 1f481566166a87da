"""One file to its records: read, hash, parse, keep the original."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.intake.archives import chunks_of
from corpus.intake.originals import keep_original
from corpus.intake.walk import FoundFile, reason_of
from corpus.store.content import Content
from errors import InputError, LimitError, NoTableError


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
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in chunks_of(file):
            digest.update(chunk)
            size += len(chunk)
    except OSError as error:
        return Outcome("", reason=reason_of(error))
    except InputError as error:
        return Outcome("", reason=str(error))
    return Outcome(digest.hexdigest(), size)


def read_file(file: FoundFile, files_dir: Path) -> Outcome:
    """Read one file; what could be read has its original kept in `files_dir` before this returns.

    :raises HomeUnwritableError: the original could not be kept.
    """
    from corpus.parse import read_document  # a process that leaves reading to others needs none

    try:
        data = b"".join(chunks_of(file))
    except OSError as error:
        return Outcome("", reason=reason_of(error))
    except InputError as error:
        return Outcome("", reason=str(error))
    digest = hashlib.sha256(data).hexdigest()
    try:
        content = Content.of(digest, read_document(data, file.name, file.folder))
    except (NoTableError, LimitError) as error:  # these bytes will never say anything else
        return Outcome(digest, len(data), reason=str(error))
    except InputError as error:  # a program may be missing that is there next time
        return Outcome("", len(data), reason=str(error))
    keep_original(data, digest, files_dir)
    return Outcome(digest, len(data), content)
