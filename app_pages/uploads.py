"""Files uploaded on a page, read into the corpus."""

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app_pages.work import Progress
from corpus.intake.archives import with_members
from corpus.intake.reading import digest_of
from corpus.intake.walk import find_files, path_text
from corpus.store.stored import StoredDocument
from errors import HomeMissingError, LimitError
from service.home import Home
from service.refresh import ingest

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST_NAME = 180  # bytes; file systems allow 255


MOST_FILES = 500
MOST_BYTES = 512 * 2**20
"""Uploaded at once; a single file is bounded by the server (`maxUploadSize`) and its reader."""


class Upload(Protocol):
    """What an uploader hands over (Streamlit's UploadedFile)."""

    @property
    def name(self) -> str:
        """What the browser calls it."""
        ...

    @property
    def size(self) -> int:
        """Number of bytes."""
        ...

    def getvalue(self) -> bytes:
        """All bytes of the file."""
        ...


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one uploaded file: its document, or the reason why it was not read.

    `known` says that the same bytes were in the corpus before.
    """

    name: str
    document: StoredDocument | None
    reason: str = ""
    known: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """An upload as laid down in a folder: the path is made of a number and a cleaned name."""

    name: str
    path: Path
    digest: str


def safe_name(name: str) -> str:
    """The last part of a file name as a person sees it, without what a path could abuse.

    Folders, control and direction characters and leading dots go; a long name keeps its
    ending. An empty one becomes 未命名.
    """
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = _NOT_IN_A_NAME.sub("", base).strip().lstrip(".~$ ")
    stem, dot, ending = base.rpartition(".")
    if not dot or len(ending.encode()) > 12:
        stem, ending = base, ""
    room = _LONGEST_NAME - len(ending.encode()) - 1
    stem = stem.encode()[:room].decode("utf-8", "ignore").strip() or "未命名"
    return f"{stem}.{ending}" if ending else stem


def check_uploads(uploads: Sequence[Upload]) -> None:
    """Refuse more at once than can be held in memory; what a file is, its reader tells.

    :raises LimitError: too many files, or together too large.
    """
    if len(uploads) > MOST_FILES:
        raise LimitError(
            f"upload: expected at most {MOST_FILES} files at once, found {len(uploads)}; "
            "cure: upload them in parts, or as a .zip"
        )
    size = sum(upload.size for upload in uploads)
    if size > MOST_BYTES:
        raise LimitError(
            f"upload: expected at most {MOST_BYTES:,} bytes at once, found {size:,}; "
            "cure: upload them in parts"
        )


def lay_down(uploads: Sequence[Upload]) -> tuple[Path, tuple[Laid, ...]]:
    """Write uploads to a fresh temporary folder, each in a numbered folder of its own.

    :raises LimitError: too many files, or together too large; nothing is written.
    """
    check_uploads(uploads)
    folder = Path(tempfile.mkdtemp(prefix="duibiao-upload-"))
    laid = []
    for number, upload in enumerate(uploads, start=1):
        data = upload.getvalue()
        path = folder / f"{number:04d}" / safe_name(upload.name)
        path.parent.mkdir()
        path.write_bytes(data)
        laid.append(Laid(path_text(path.name), path, hashlib.sha256(data).hexdigest()))
    return folder, tuple(laid)


def read_in(
    home: Home, folder: Path, laid: Sequence[Laid], progress: Progress
) -> tuple[FileResult, ...]:
    """Ingest what was laid down, say per document what came of it, and take the folder away.

    An archive gives a result for each of its members.

    :raises HomeError: the home is locked, damaged or cannot be written to.
    """
    try:
        before = _documents(home).keys()
        met = with_members(find_files([item.path for item in laid])).files
        digests = {file.key: digest_of(file).digest for file in met}
        report = ingest(home, [item.path for item in laid], progress=progress)
        after = _documents(home)
        reasons = {file.file: file.reason for file in report.skipped}
        for item in laid:
            item.path.unlink(missing_ok=True)
        if reasons:
            # An upload that was not read is told once, here. Reading the emptied folder drops
            # the store's note of a file that nobody can go and look at.
            ingest(home, [folder])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return tuple(
        FileResult(
            file.name,
            after.get(digests[file.key]),
            reasons.get(file.key, ""),
            digests[file.key] in before,
        )
        for file in met
    )


def _documents(home: Home) -> dict[str, StoredDocument]:
    try:
        with home.store() as store:
            return {document.id: document for document in store.documents()}
    except HomeMissingError:  # nothing was ingested yet
        return {}
