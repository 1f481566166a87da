"""Zip archives, opened with care: Office documents and their parts, archives of documents."""

import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from corpus import limits
from errors import UnreadableError

_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_AT_ONCE = 2**20


class _Careful:
    """A file for `zipfile`, which reads the whole table of contents with one call."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seekable = file.seekable
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(limits.DIRECTORY_BYTES + 1 if size < 0 else size)
        limits.check_bytes(max(size, len(data)), limits.DIRECTORY_BYTES, "a table of contents")
        return data


def open_zip(source: bytes | BinaryIO) -> zipfile.ZipFile:
    """Open a zip for reading; its members are not looked at.

    Raises UnreadableError if it is damaged, LimitError if its table of contents is too large.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        return zipfile.ZipFile(_Careful(file))  # it calls no more than that
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise UnreadableError(
            f"expected an intact archive, found a damaged one ({error});"
            " save or download the file again"
        ) from error


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of an Office document, whole.

    Raises KeyError if there is none, UnreadableError if it is damaged, LimitError if it is too
    large or packed like a bomb.
    """
    info = archive.getinfo(name)
    check_member(info)
    limits.check_bytes(info.file_size, limits.PART_BYTES, f"{name} unpacked")
    chunks: list[bytes] = []
    try:
        with archive.open(info) as part:
            while chunk := part.read(_AT_ONCE):
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableError(
            f"expected an intact document, found {name} damaged ({error});"
            " save it again in its own program"
        ) from error
    return b"".join(chunks)


def check_member(info: zipfile.ZipInfo) -> None:
    """Raise InputError if a member is locked, oddly packed, or packed like a bomb."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError(
            "expected an archive without a password, found an encrypted one;"
            " unpack it with its password and read the files"
        )
    if info.compress_type not in _PLAIN:
        raise UnreadableError(
            f"expected a plain .zip, found a rare way of packing (method {info.compress_type});"
            " unpack it and pack it again as a usual .zip"
        )
    limits.check_packing(info.file_size, info.compress_size, f"member {info.filename!r}")
