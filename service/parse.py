"""Reading files without storing them; the path `-` is standard input."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from corpus import limits
from corpus.intake.archives import chunks_of, members_of
from corpus.intake.walk import FoundFile, find_files, path_text, reason_of
from corpus.jsonlines import Line, parsed_lines, remark_line
from corpus.layouts.explain import TableReading
from corpus.parse import explain_document, read_document
from corpus.records import Parsed, Remark
from errors import InputError, UnreadableError, UsageError

STDIN = Path("-")
T = TypeVar("T")


def files_under(paths: Sequence[Path], *, empty: bool = False) -> list[Path]:
    """The files given, in order, each folder replaced by the files in it.

    :raises UsageError: a path does not exist, or (unless `empty`) a folder holds no file.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if path != STDIN and not path.exists():
                raise UsageError(f"expected a file or folder, found nothing at {path_text(path)}")
            files.append(path)
            continue
        walk = find_files([path])
        if not walk.files and not empty:
            why = walk.unlisted[0].reason if walk.unlisted else "it holds none"
            raise UsageError(f"expected files to read in {path_text(path)}, but {why}")
        files += [found.path for found in walk.files]
    return files


def parse_files(paths: Iterable[Path]) -> Iterator[tuple[Path, Parsed | InputError]]:
    """Each file with what it gave, or with the reason why it could not be read, in order.

    An archive gives a pair for each of its documents; their paths continue the archive's.
    """
    for shown, found in _documents(paths):
        yield shown, found if isinstance(found, InputError) else _taken(found, read_document)


def explain_files(
    paths: Iterable[Path],
) -> Iterator[tuple[Path, tuple[TableReading, ...] | InputError]]:
    """As `parse_files`: the tables of each file, and what they were read as."""
    for shown, found in _documents(paths):
        yield shown, found if isinstance(found, InputError) else _taken(found, explain_document)


def parse_file(path: Path) -> Parsed | InputError:
    """What one file gave; an `InputError` is returned, not raised: the next file goes on.

    An archive is refused here: it is no single document.
    """
    return _taken(FoundFile(path, path_text(path)), read_document)


def parse_document(data: bytes, name: str) -> Parsed | InputError:
    """As `parse_file`, for bytes already at hand (an upload)."""
    try:
        return read_document(data, name)
    except InputError as error:
        return error


def _documents(paths: Iterable[Path]) -> Iterator[tuple[Path, FoundFile | InputError]]:
    for path in paths:
        if path != STDIN:
            yield from _members(path, path)
            continue
        with tempfile.TemporaryDirectory(prefix="duibiao-stdin-") as folder:
            laid = Path(folder) / "stdin"
            laid.write_bytes(sys.stdin.buffer.read(limits.FILE_BYTES + 1))
            yield from _members(laid, STDIN)


def _members(path: Path, shown: Path) -> Iterator[tuple[Path, FoundFile | InputError]]:
    """One file or the members of one archive, under the path that is `shown`."""
    whole = FoundFile(path, path_text(path))
    try:
        members = members_of(whole)
    except OSError as error:
        yield shown, UnreadableError(reason_of(error))
    except InputError as error:
        yield shown, error
    else:
        for found in (whole,) if members is None else members:
            yield shown / found.key[len(whole.key) :].lstrip("/"), found


def _taken(found: FoundFile, read: Callable[[bytes, str], T]) -> T | InputError:
    try:
        return read(b"".join(chunks_of(found)), found.name)
    except OSError as error:
        return UnreadableError(reason_of(error))
    except InputError as error:
        return error


def table_lines(
    path: Path, tables: tuple[TableReading, ...] | InputError
) -> Iterator[dict[str, object]]:
    """What `parse --explain` says of one file: an object a table, or a `problem`."""
    if isinstance(tables, InputError):
        yield remark_line("problem", Remark(_name(path), "", str(tables)))
    else:
        yield from ({"type": "table", **asdict(table)} for table in tables)


def answer_lines(path: Path, parsed: Parsed | InputError) -> Iterator[Line]:
    """What one file gave, as the contract writes it: JSON objects, a `problem` if nothing."""
    if isinstance(parsed, InputError):
        yield remark_line("problem", Remark(_name(path), "", str(parsed)))
    else:
        yield from parsed_lines(parsed)


def _name(path: Path) -> str:
    """A file as sources name it: its name, after that of its archive where it stands in one."""
    if path.parts[:1] == STDIN.parts:
        return path_text(Path("stdin", *path.parts[1:]))
    archive = next((folder for folder in path.parents if folder.is_file()), None)
    return path_text(path.name if archive is None else path.relative_to(archive.parent))
