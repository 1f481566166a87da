"""Plain text: bytes to lines, in any of the encodings met in public disclosures."""

import codecs
import re

from corpus import limits
from corpus.blocks import Lines
from errors import UnreadableError

_LONGEST_CHARACTER = 4  # bytes, in UTF-8 and GB18030
_CONTROL = re.compile(r"[\x00-\x06\x08\x0e-\x1f]")
_SUSPECT = 0.05  # share of control characters above which bytes are no text


def decode(data: bytes) -> str:
    """Decode text as UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Raises UnreadableError if the bytes are empty, binary, or in no known encoding, LimitError if
    they are too many.
    """
    limits.check_bytes(len(data), limits.TEXT_BYTES, "a text")
    if not data.strip():
        raise UnreadableError("expected text, found an empty file; publish or export it again")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, ("utf-16",))
    if b"\0" in data[:65536]:
        raise UnreadableError("expected text, found binary data; check what this file really is")
    return _decode(data, ("utf-8-sig", "gb18030"))


def _decode(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError as error:
            if error.start >= len(data) - _LONGEST_CHARACTER and error.start:
                # a file cut off in the middle of its last character
                return _checked(data[: error.start].decode(encoding))
    raise UnreadableError(
        "expected text in UTF-8 or GB18030, found bytes of neither; save the file again as UTF-8"
    )


def _checked(text: str) -> str:
    sample = text[:20_000]
    if len(_CONTROL.findall(sample)) > _SUSPECT * len(sample):
        raise UnreadableError("expected text, found control characters; this is no text file")
    return text


def lines_of(data: bytes) -> Lines:
    """Lines of a text, numbered from 1, without their ends.

    Raises UnreadableError as `decode`, and LimitError beyond `corpus.limits`.
    """
    limits.check_bytes(len(data), limits.TEXT_BYTES, "a text")
    limits.check_count(max(data.count(b"\n"), data.count(b"\r")), limits.ITEMS, "lines")
    longest = 4 * limits.LINE_CHARACTERS
    if len(data) > longest:
        limits.check_count(
            _longest_run(data), longest, "bytes in a line", "this is no table export"
        )
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    end = text.find("\n", len(text.rstrip()))
    text = text if end < 0 else text[:end]
    limits.check_blanks(text)
    return Lines(text.split("\n"))


def _longest_run(data: bytes) -> int:
    """Length of the longest stretch without a line end, found without splitting."""
    longest = start = 0
    while (end := data.find(b"\n", start)) >= 0:
        longest = max(longest, end - start)
        start = end + 1
    return max(longest, len(data) - start)
