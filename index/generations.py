"""Generations of the index: written aside, checked by hash, changed over in one step.

    index/g000007/…        one generation: its files, and manifest.json with their hashes
    index/CURRENT          which generation is valid, and the hash of its manifest
    index/.tmp-g000008/    one being written, or left behind by a build that was killed

A build writes and syncs a temporary folder, renames it, and replaces CURRENT last: at every
moment CURRENT names a complete generation. The one before it is kept for readers that are
opening it; readers that have it open keep theirs in any case. Only one build may run at a time
(the caller holds the lock of the data folder).
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from errors import IndexDamagedError, IndexMissingError
from index.files import (
    CURE,
    FileEntry,
    FolderReader,
    FolderWriter,
    damaged,
    sync_folder,
    verified,
    write_synced,
)

FORMAT = 2
CURRENT = "CURRENT"
MANIFEST = "manifest.json"

_NAME = re.compile(r"g\d{6,}")
_TEMPORARY = ".tmp-"
_TRIES = 5


@dataclass(frozen=True, slots=True)
class About:
    """What a generation was built from.

    `model` is the model as it was asked for ("" the default one), `model_id` its name and
    weights hash, `dim` the length of its vectors, `corpus_revision` that of the store. `counts`
    counts the records of each scope, and `texts` the unique texts that were encoded.
    """

    model: str
    model_id: str
    dim: int
    dictionary_hash: str
    corpus_revision: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation: its name, what it was built from, its files."""

    name: str
    about: About
    files: Mapping[str, FileEntry]


@dataclass(frozen=True, slots=True)
class _Pointer:
    generation: str
    manifest: FileEntry


def current_name(folder: Path) -> str:
    """The name of the valid generation, "" when there is none; reads one small file.

    :raises IndexDamagedError: CURRENT says nothing readable.
    """
    try:
        return _read_pointer(folder).generation
    except IndexMissingError:
        return ""


def read_current(folder: Path) -> Generation:
    """The manifest of the valid generation; its files are not looked at.

    :raises IndexMissingError: none was built.
    :raises IndexDamagedError: CURRENT or the manifest is not what was written.
    """
    pointer = _read_pointer(folder)
    path = folder / pointer.generation / MANIFEST
    return _parse_manifest(path, verified(path, pointer.manifest))


def open_current(folder: Path) -> tuple[Generation, FolderReader]:
    """The valid generation, all its hashes verified, all its files held open.

    :raises IndexMissingError: none was built.
    :raises IndexDamagedError: a file is missing or not what was written; it is named.
    """
    for _ in range(_TRIES):
        name = current_name(folder)
        try:
            generation = read_current(folder)
            return generation, FolderReader.open(folder / generation.name, generation.files)
        except IndexDamagedError:
            if current_name(folder) == name:
                raise  # else two builds went by meanwhile and took the folder away
    raise IndexDamagedError(f"index: expected to stand still, found a new one each time; {CURE}")


def commit(folder: Path, fill: Callable[[FolderWriter], About]) -> Generation:
    """Write a new generation and make it the valid one; the old ones but the last are removed.

    `fill` writes the files. Whatever happens, the generation that was valid stays so until the
    new one is complete.

    :raises OSError: no room or no right to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _name_or_nothing(folder)
    _sweep(folder, keep=_all_names(folder))
    name = _next_name(folder)
    temporary = folder / f"{_TEMPORARY}{name}"
    temporary.mkdir()
    try:
        with FolderWriter(temporary) as writer:
            generation = Generation(name, fill(writer), writer.entries)
            writer.json(MANIFEST, _manifest_object(generation))
        sync_folder(temporary)
        os.rename(temporary, folder / name)
        sync_folder(folder)
        _point_to(folder, _Pointer(name, writer.entries[MANIFEST]))
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _sweep(folder, keep={before, name})
    return generation


def _read_pointer(folder: Path) -> _Pointer:
    path = folder / CURRENT
    try:
        found = json.loads(path.read_bytes())
        if not _NAME.fullmatch(found["generation"]):
            raise ValueError(found)
        return _Pointer(found["generation"], FileEntry(**found["manifest"]))
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(f"index: expected one in {folder}, found none; {CURE}") from None
    except OSError as error:
        raise damaged(path, error.strerror or "no readable file") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged(path, "no name of a generation") from None


def _point_to(folder: Path, pointer: _Pointer) -> None:
    temporary = folder / f"{_TEMPORARY}{CURRENT}"
    write_synced(temporary, json.dumps(asdict(pointer), indent=1).encode())
    os.replace(temporary, folder / CURRENT)
    sync_folder(folder)


def _manifest_object(generation: Generation) -> dict[str, Any]:
    files = {name: asdict(entry) for name, entry in generation.files.items()}
    head = {"format": FORMAT, "generation": generation.name}
    return {**head, **asdict(generation.about), "files": files}


def _parse_manifest(path: Path, data: memoryview) -> Generation:
    try:
        found = json.loads(bytes(data))
        version = found.pop("format")
        if version != FORMAT:
            raise damaged(path, f"format {version} instead of {FORMAT}")
        own_name = found.pop("generation")
        files = {file: FileEntry(**entry) for file, entry in found.pop("files").items()}
        return Generation(own_name, About(**found), files)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise damaged(path, "no manifest") from None


def _name_or_nothing(folder: Path) -> str:
    try:
        return current_name(folder)
    except IndexDamagedError:  # a build is its cure
        return ""


def _all_names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if _NAME.fullmatch(entry.name)}


def _next_name(folder: Path) -> str:
    return f"g{max((int(name[1:]) for name in _all_names(folder)), default=0) + 1:06d}"


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove what no reader is sent to; what cannot be removed (open on Windows) stays."""
    for entry in list(folder.iterdir()):
        if entry.name.startswith(_TEMPORARY) or _NAME.fullmatch(entry.name):
            if entry.name in keep:
                continue
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                with suppress(OSError):
                    entry.unlink()
