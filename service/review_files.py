"""Reports of a review as files: .xlsx, .docx or .html, by the ending of the name."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from errors import UsageError
from service.review import Review
from service.review_docx import to_docx
from service.review_html import to_html
from service.review_report import Report, report_of
from service.review_xlsx import to_xlsx

FORMATS: dict[str, Callable[[Report], bytes]] = {
    ".xlsx": to_xlsx,
    ".docx": to_docx,
    ".html": to_html,
}


def write_report(review: Review, path: Path) -> None:
    """Write a report, all of it or nothing; the ending of the name tells the format.

    :raises UsageError: another ending, a folder, or no right or room to write there.
    """
    make = _format(path)
    if path.is_dir():
        raise UsageError(f"--report expects a file to write, found the folder {path}")
    data = make(report_of(review))
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(
            f"--report expects a place to write to at {path}, found: {error.strerror or error}"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def check_ending(path: Path) -> None:
    """Refuse a report that could not be written, before the work is done.

    :raises UsageError: the name ends in nothing that is known.
    """
    _format(path)


def _format(path: Path) -> Callable[[Report], bytes]:
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            f"--report expects a file name ending in {', '.join(FORMATS)}, found {path.name}"
        )
    return FORMATS[path.suffix.lower()]
