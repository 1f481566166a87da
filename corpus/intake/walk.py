"""Which files lie under the paths a user gave."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.store.stored import SkippedFile
from errors import UsageError
from text.personal import MASK_START, masked_path

_LEFT_OUT_STARTS = (".", "~$")  # hidden files; lock files of Office
_LEFT_OUT_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Member:
    """Where the bytes of a document stand in an archive: offset of its header, sizes, CRC-32."""

    offset: int
    packed: int
    size: int
    deflated: bool
    checksum: int


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or one member of the archive at `path`.

    `key` is its absolute path as a text that can be stored and shown; that of a member continues
    the archive's. `refused` says why it is not to be read. `folder` is where it stands in the
    folder that was given, that one's name first (河北省/唐山市); "" for a file that was given.
    """

    path: Path
    key: str
    member: Member | None = None
    refused: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """Its file name as a text; archive.zip/folder/name for a member."""
        own = path_text(self.path.name)
        return own if self.member is None else own + self.key[len(path_text(self.path)) :]


@dataclass(frozen=True, slots=True)
class Walk:
    """All files found, by path; the folders given, as texts; folders that could not be listed.

    Archives that were opened count as folders; `unopened` are those that could not be.
    """

    files: tuple[FoundFile, ...]
    folders: tuple[str, ...]
    unlisted: tuple[SkippedFile, ...]
    unopened: tuple[str, ...] = ()

    def covers(self, key: str) -> bool:
        """Whether a path is one of the folders given or lies under one, and can be seen."""
        return _under(key, self.folders) and not _under(key, self.unopened, itself=False)


def _under(key: str, folders: Iterable[str], *, itself: bool = True) -> bool:
    return any(
        key.startswith((os.path.join(folder, ""), f"{folder}/")) or (itself and key == folder)
        for folder in folders
    )


def path_text(path: str | Path) -> str:
    """Write a path as a text that can be stored: names of any encoding become readable.

    Telephone numbers and the like in it are masked (see `text.personal`).
    """
    return masked_path(name_text(os.fsencode(path)))


def name_text(raw: bytes) -> str:
    """A readable text for the bytes of a name."""
    for encoding in ("utf-8", "gb18030"):  # archives packed on older systems have GBK names
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def reason_of(error: OSError) -> str:
    """Say why a file or folder could not be read."""
    if isinstance(error, PermissionError):
        return "no right to read it: grant the right, or copy it to where it can be read"
    if isinstance(error, FileNotFoundError):
        return "it vanished before it could be read: run again when it is back"
    return f"it could not be read ({error.strerror or type(error).__name__}): check the disk"


def find_files(paths: Sequence[Path], leave_out: Iterable[Path] = ()) -> Walk:
    """List the files given and those in the folders given, each once, by path.

    Hidden files and lock files in folders are left out, and the folders `leave_out` where the
    walk meets them (a data folder beside the documents). Links are followed; a folder is
    entered once, so that loops end.

    :raises UsageError: a path given does not exist, or is neither a file nor a folder.
    """
    files: list[Path] = []
    folders: list[Path] = []
    for path in paths:
        absolute = Path(os.path.abspath(path))
        (folders if _is_folder(absolute) else files).append(absolute)
    entered = {found for path in leave_out if (found := _place(path)) is not None}
    entered -= {_place(path) for path in folders}
    unlisted: list[SkippedFile] = []
    pending = list(reversed(folders))
    while pending:
        folder = pending.pop()
        found = _place(folder)
        if found in entered:
            continue
        if found is not None:
            entered.add(found)
        try:
            inner = _listed(folder, files)
        except OSError as error:
            unlisted.append(
                SkippedFile(path_text(folder), path_text(folder.name), reason_of(error))
            )
        else:
            pending.extend(reversed(inner))
    by_key = {path_text(path): path for path in files}
    given = tuple(path_text(folder) for folder in folders)
    return Walk(
        files=tuple(
            FoundFile(by_key[key], key, folder=_folder_of(key, given)) for key in sorted(by_key)
        ),
        folders=given,
        unlisted=tuple(unlisted),
    )


def _folder_of(key: str, given: Sequence[str]) -> str:
    """The folders of a file from the outermost one that was given, by its name, inwards."""
    outer = min((path for path in given if _under(key, (path,), itself=False)), key=len, default="")
    if not outer:
        return ""
    folder = Path(outer).name
    inner = os.path.dirname(key[len(outer) :].lstrip("/" + os.sep))
    return f"{folder}/{inner}" if folder and inner else folder or inner


def is_left_out(name: str) -> bool:
    """Whether files of this name are never documents: hidden ones, lock files of Office."""
    return name.startswith(_LEFT_OUT_STARTS) or name.lower() in _LEFT_OUT_NAMES


def is_gone(key: str) -> bool:
    """Whether nothing stands at this path; a place that may not be looked into is not gone."""
    try:
        os.lstat(_unmasked(key))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _unmasked(key: str) -> Path:
    """The path behind a key that `path_text` may have masked.

    :raises OSError: nothing like it is there, or it cannot be looked for.
    """
    if MASK_START not in key:
        return Path(key)
    place = Path(Path(key).anchor)
    for part in Path(key).parts[1:]:
        if MASK_START in part:
            part = next((name for name in os.listdir(place) if path_text(name) == part), part)
        place /= part
    return place


def _is_folder(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            f"{path_text(path)} does not exist: expected a file or a folder; check the path"
        ) from None
    except OSError:
        return False  # reading it says what is wrong, and the other paths are read
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise UsageError(f"{path_text(path)} is neither a file nor a folder: save it as a file")
    return stat.S_ISDIR(mode)


def _listed(folder: Path, files: list[Path]) -> list[Path]:
    """Add the files of one folder to `files`; give the folders in it, sorted."""
    inner: list[Path] = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if is_left_out(entry.name):
                continue
            try:
                mode = entry.stat().st_mode
            except OSError:
                mode = stat.S_IFREG  # a link to nowhere: reading it says what is wrong
            if stat.S_ISDIR(mode):
                inner.append(folder / entry.name)
            elif stat.S_ISREG(mode):
                files.append(folder / entry.name)
    return inner


def _place(folder: Path) -> tuple[int, int] | None:
    """Identify a folder whatever links lead to it; None where it cannot be seen."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
