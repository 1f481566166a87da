"""The files of one index generation: written with their hashes, read only after these agree.

Formats are open: JSON, text lines, NumPy arrays (.npy, never pickled), FAISS. A reader maps all
files when it opens them, so that it keeps its generation even when the folder is removed.
"""

import hashlib
import io
import json
import mmap
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from errors import IndexDamagedError

if TYPE_CHECKING:  # who only asks which generation is valid needs no arrays
    from numpy.typing import NDArray

CURE = "cure: run `duibiao build`"

_WRITING = 2  # files at once


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest says of one file: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


def damaged(path: Path, found: str) -> IndexDamagedError:
    """The error of a file that is not what was written; it is named with its generation."""
    name = f"{path.parent.name}/{path.name}"
    return IndexDamagedError(f"index file {name}: expected as it was built, found {found}; {CURE}")


def write_synced(path: Path, data: bytes | memoryview) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder (Windows knows no such call)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FolderWriter:
    """Writes files into a folder and keeps their sizes and hashes for the manifest.

    Threads hash and write, and wait for the disk, while the next file is being made. Use as a
    context manager, which has everything on the disk when it ends, or raises OSError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._threads = ThreadPoolExecutor(_WRITING, thread_name_prefix="index-files")
        self._entries: dict[str, Future[FileEntry]] = {}

    @property
    def entries(self) -> dict[str, FileEntry]:
        """What the manifest is to say of each file, once the disk has them all.

        :raises OSError: one could not be written.
        """
        return {name: entry.result() for name, entry in self._entries.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.entries  # noqa: B018 - waits, and raises what went wrong
        finally:
            self._threads.shutdown(cancel_futures=True)

    def raw(self, name: str, data: bytes | memoryview) -> None:
        """Write bytes, which must not change any more."""
        self._entries[name] = self._threads.submit(_written, self.folder / name, data)

    def array(self, name: str, array: "NDArray[Any]") -> None:
        """Write an array as .npy."""
        import numpy as np

        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        self.raw(name, buffer.getbuffer())

    def lines(self, name: str, lines: Iterable[str]) -> None:
        """Write texts, one a line; a text must hold no line break."""
        self.raw(name, "".join(f"{line}\n" for line in lines).encode())

    def json(self, name: str, value: object) -> None:
        """Write one JSON value."""
        self.raw(name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def keep(self, name: str, files: "FolderReader") -> None:
        """Take a file over from another generation: linked, or copied where that cannot be."""
        entry, path = files.entry(name)
        try:
            os.link(path, self.folder / name)
        except OSError:
            self.raw(name, files.raw(name))
        else:
            linked: Future[FileEntry] = Future()
            linked.set_result(entry)
            self._entries[name] = linked


def _written(path: Path, data: bytes | memoryview) -> FileEntry:
    write_synced(path, data)
    return FileEntry(len(data), hashlib.sha256(data).hexdigest())


class FolderReader:
    """The verified files of one generation, mapped into memory."""

    def __init__(
        self, folder: Path, entries: Mapping[str, FileEntry], views: Mapping[str, memoryview]
    ) -> None:
        self._folder = folder
        self._entries = entries
        self._views = views

    @classmethod
    def open(cls, folder: Path, entries: Mapping[str, FileEntry]) -> "FolderReader":
        """Map every file and compare its hash.

        :raises IndexDamagedError: a file is missing, or its size or hash differs.
        """
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # hashing lets go of the interpreter
            paths = [folder / name for name in entries]
            views = threads.map(verified, paths, entries.values())
            return cls(folder, entries, dict(zip(entries, views, strict=True)))

    def entry(self, name: str) -> tuple[FileEntry, Path]:
        """What the manifest says of a file, and where it stands."""
        return self._entries[name], self._folder / name

    def holds(self, name: str) -> bool:
        """Whether the manifest names this file."""
        return name in self._entries

    def raw(self, name: str) -> memoryview:
        """The bytes of a file.

        :raises IndexDamagedError: the manifest names no such file.
        """
        try:
            return self._views[name]
        except KeyError:
            raise self.damaged(name, "no mention of it in the manifest") from None

    def array(self, name: str) -> "NDArray[Any]":
        """An array, read-only, not copied.

        :raises IndexDamagedError: the file holds no plain array.
        """
        import numpy as np

        view = self.raw(name)
        head = io.BytesIO(view[:4096])
        try:
            if np.lib.format.read_magic(head) != (1, 0):
                raise ValueError("another version of .npy")
            shape, by_column, dtype = np.lib.format.read_array_header_1_0(head)
            flat = np.frombuffer(view, dtype=dtype, offset=head.tell())
            return flat.reshape(shape, order="F" if by_column else "C")
        except ValueError as error:
            raise self.damaged(name, f"no readable array ({error})") from None

    def lines(self, name: str) -> list[str]:
        """The texts of a file written by `FolderWriter.lines`."""
        text = str(self.raw(name), "utf-8")
        return text.split("\n")[:-1]

    def json(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON can say
        """The JSON value of a file."""
        return json.loads(bytes(self.raw(name)))

    def damaged(self, name: str, found: str) -> IndexDamagedError:
        """The error of a file that is not what was written."""
        return damaged(self._folder / name, found)


def verified(path: Path, entry: FileEntry) -> memoryview:
    """Map one file whose size and hash agree with its entry.

    :raises IndexDamagedError: it is missing, unreadable, or its size or hash differs.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size != entry.size:
                raise damaged(path, f"{size} bytes instead of {entry.size}")
            # an empty file cannot be mapped
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b"")
    except OSError as error:
        raise damaged(path, error.strerror or "no file") from error
    if hashlib.sha256(view).hexdigest() != entry.sha256:
        raise damaged(path, "other bytes (SHA-256 differs)")
    return view
