"""Which files lie under the paths a user gave."""

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.store.stored import SkippedFile
from errors import UsageError

_LEFT_OUT_STARTS = (".", "~$")  # hidden files; lock files of Office
_LEFT_OUT_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read. `key` is its absolute path as a text that can be stored and shown."""

    path: Path
    key: str

    @property
    def name(self) -> str:
        """Its file name as a text."""
        return path_text(self.path.name)


@dataclass(frozen=True, slots=True)
class Walk:
    """All files found, by path; the folders given, as texts; folders that could not be listed."""

    files: tuple[FoundFile, ...]
    folders: tuple[str, ...]
    unlisted: tuple[SkippedFile, ...]

    def covers(self, key: str) -> bool:
        """Whether a path is one of the folders given or lies under one."""
        return any(
            key == folder or key.startswith(os.path.join(folder, "")) for folder in self.folders
        )


def path_text(path: str | Path) -> str:
    """Write a path as a text that can be stored: names of any encoding become readable."""
    raw = os.fsencode(path)
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
    return Walk(
        files=tuple(FoundFile(by_key[key], key) for key in sorted(by_key)),
        folders=tuple(path_text(folder) for folder in folders),
        unlisted=tuple(unlisted),
    )


def is_gone(key: str) -> bool:
    """Whether nothing stands at this path; a place that may not be looked into is not gone."""
    try:
        os.lstat(key)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


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
            if entry.name.startswith(_LEFT_OUT_STARTS) or entry.name.lower() in _LEFT_OUT_NAMES:
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
