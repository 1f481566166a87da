"""Reading files without storing them; the path `-` is standard input."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from corpus.intake.reading import SIZE_LIMIT
from corpus.intake.walk import find_files, path_text, reason_of
from corpus.jsonlines import Line, parsed_lines, remark_line
from corpus.parse import parse_bytes
from corpus.records import Parsed, Remark
from errors import InputError, LimitError, UnreadableError, UsageError

STDIN = Path("-")


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
    """Each file with what it gave, or with the reason why it could not be read, in order."""
    for path in paths:
        yield path, parse_file(path)


def answer_lines(path: Path, parsed: Parsed | InputError) -> Iterator[Line]:
    """What one file gave, as the contract writes it: JSON objects, a `problem` if nothing."""
    if isinstance(parsed, InputError):
        yield remark_line("problem", Remark(_name(path), "", str(parsed)))
    else:
        yield from parsed_lines(parsed)


def parse_file(path: Path) -> Parsed | InputError:
    """What one file gave; an `InputError` is returned, not raised: the next file goes on."""
    try:
        if path == STDIN:
            return parse_stream(sys.stdin.buffer, _name(path))
        with path.open("rb") as file:
            return parse_stream(file, _name(path))
    except OSError as error:
        return UnreadableError(reason_of(error))


def parse_stream(stream: BinaryIO, name: str) -> Parsed | InputError:
    """As `parse_file`, for an open file."""
    data = stream.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        return LimitError(
            f"expected a document of at most {SIZE_LIMIT // 2**20} MB, found a larger one: "
            "split it into smaller documents"
        )
    return parse_document(data, name)


def parse_document(data: bytes, name: str) -> Parsed | InputError:
    """As `parse_file`, for bytes already at hand (an upload)."""
    try:
        return parse_bytes(data, name)
    except InputError as error:
        return error
    except Exception as error:
        # As in `corpus.intake.reading`: a reader that fails on one strange file must not end a run
        # over many, and the answer names the file.
        return UnreadableError(f"internal error while reading: {type(error).__name__}")


def _name(path: Path) -> str:
    return "stdin" if path == STDIN else path_text(path.name)
