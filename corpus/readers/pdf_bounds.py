"""Bounds for pdfminer, which believes every size that a file claims.

Its decoders unpack without a limit and its font tables loop over ranges of any length. Here the
names under which its modules call them are bound to versions that raise LimitError; what they
give within the limits is the same.
"""

import io
import zlib
from functools import lru_cache
from typing import Any

from corpus import limits
from errors import LimitError

_CODES = 70_000
"""Codes in one range of a font: one plane of Unicode has 65,536."""


@lru_cache(maxsize=1)
def bound_pdfminer() -> None:
    """Bind them; done once for the process."""
    from pdfminer import cmapdb, pdffont, pdftypes, utils

    names: dict[str, Any] = {
        "zlib": _Zlib,
        "rldecode": _run_lengths,
        "lzwdecode": _lzw,
        "ccittfaxdecode": _no_fax,
        "apply_png_predictor": _sane(utils.apply_png_predictor, columns_at=2),
        "apply_tiff_predictor": _sane(utils.apply_tiff_predictor, columns_at=1),
    }
    for name, bounded in names.items():
        setattr(pdftypes, name, bounded)
    for module in (cmapdb, pdffont):
        module.range = _short_range  # type: ignore[attr-defined]  # in place of the built-in


def _too_large(found: str) -> LimitError:
    return limits.too_much(
        f"{limits.megabytes(limits.STREAM_BYTES)} in one part of a PDF",
        found,
        "print it to a new PDF",
    )


class _Unpacker:
    """As `zlib.decompressobj()`, up to the limit."""

    def __init__(self) -> None:
        self._real = zlib.decompressobj()
        self._room = limits.STREAM_BYTES

    def decompress(self, data: bytes) -> bytes:
        unpacked = self._real.decompress(data, self._room + 1)
        self._room -= len(unpacked)
        if self._room < 0:
            raise _too_large("one that unpacks to more")
        return unpacked

    @property
    def eof(self) -> bool:
        return self._real.eof


class _Zlib:
    """What pdfminer calls of the module `zlib`."""

    error = zlib.error
    decompressobj = _Unpacker

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker = _Unpacker()
        unpacked = unpacker.decompress(data)
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return unpacked


def _run_lengths(data: bytes) -> bytes:
    """RunLengthDecode (PDF 32000-1, 7.4.5)."""
    parts: list[bytes] = []
    at = size = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            part, at = data[at + 1 : at + 2 + length], at + 2 + length
        else:
            part, at = data[at + 1 : at + 2] * (257 - length), at + 2
        size += len(part)
        if size > limits.STREAM_BYTES:
            raise _too_large("one that unpacks to more")
        parts.append(part)
    return b"".join(parts)


def _lzw(data: bytes) -> bytes:
    from pdfminer.lzw import LZWDecoder

    parts: list[bytes] = []
    size = 0
    for part in LZWDecoder(io.BytesIO(data)).run():
        size += len(part)
        if size > limits.STREAM_BYTES:
            raise _too_large("one that unpacks to more")
        parts.append(part)
    return b"".join(parts)


def _no_fax(data: bytes, params: object) -> bytes:
    """Only pictures are packed as fax; they are not looked at."""
    del data, params
    return b""


def _sane(predictor: Any, *, columns_at: int) -> Any:  # noqa: ANN401 - as pdfminer has it
    """A predictor that is not given lines longer than its limit."""

    def bounded(*arguments: Any) -> Any:  # noqa: ANN401 - as pdfminer has it
        if not 0 < arguments[columns_at] * 64 <= limits.STREAM_BYTES:
            raise _too_large(f"lines of {arguments[columns_at]} columns")
        return predictor(*arguments)

    return bounded


def _short_range(*arguments: int) -> range:
    found = range(*arguments)
    if len(found) > _CODES:
        raise limits.too_much(
            f"{_CODES:,} codes in a range of a font", f"{len(found):,}", "print it to a new PDF"
        )
    return found
