"""Archives of documents (.zip): every member is a document of its own, one level deep."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from corpus import limits
from corpus.intake.walk import FoundFile, Member, Walk, is_left_out, name_text
from corpus.readers.kind import Kind, kind_of_zip
from corpus.readers.zips import check_member, open_zip
from errors import InputError, UnreadableError
from text.personal import masked_path

_START = b"PK\x03\x04"
_NAMED_IN_UTF8 = 0x800
_HEADER = struct.Struct("<4s22xHH")  # signature, lengths of name and extra field
_AT_ONCE = 2**20
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def with_members(walk: Walk) -> Walk:
    """The walk with every archive replaced by its members; what is refused says why."""
    files: list[FoundFile] = []
    opened: list[str] = []
    unopened: list[str] = []
    for file in walk.files:
        try:
            members = members_of(file)
        except InputError as error:
            files.append(replace(file, refused=str(error)))
            unopened.append(file.key)
        except OSError:  # reading it says what is wrong
            files.append(file)
            unopened.append(file.key)
        else:
            files.extend((file,) if members is None else members)
            opened.extend(() if members is None else (file.key,))
    return replace(
        walk,
        files=tuple(sorted(files, key=lambda file: file.key)),
        folders=(*walk.folders, *opened),
        unopened=tuple(unopened),
    )


def members_of(file: FoundFile) -> tuple[FoundFile, ...] | None:
    """The documents in an archive; None if the file is none, or is an Office document.

    Hidden files are left out as in folders.

    :raises OSError: the file cannot be read.
    :raises InputError: it is damaged, or larger than archives of documents are.
    """
    with file.path.open("rb") as handle:
        if handle.read(len(_START)) != _START:
            return None
        limits.check_bytes(handle.seek(0, 2), limits.ARCHIVE_BYTES, "an archive")
        with open_zip(handle) as archive:
            try:
                if kind_of_zip(archive) is not Kind.ZIP:
                    return None
            except InputError:  # an Office file that its reader refuses with better words
                return None
            found = [info for info in archive.infolist() if not info.is_dir()]
    limits.check_count(len(found), limits.MEMBERS, "files in an archive", "unpack it into folders")
    limits.check_bytes(
        sum(info.file_size for info in found), limits.UNPACKED_BYTES, "an archive unpacked"
    )
    return tuple(_members(file, found))


def _members(file: FoundFile, found: list[zipfile.ZipInfo]) -> Iterator[FoundFile]:
    names: dict[str, int] = {}
    for info in found:
        parts = _parts(info)
        if not parts or any(map(is_left_out, parts)):
            continue
        name = masked_path("/".join(parts))
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:  # a name may stand in an archive twice
            path = PurePosixPath(name)
            name = str(path.with_name(f"{path.stem} ({names[name]}){path.suffix}"))
        yield FoundFile(
            file.path,
            f"{file.key}/{name}",
            Member(
                offset=info.header_offset,
                packed=info.compress_size,
                size=info.file_size,
                deflated=info.compress_type == zipfile.ZIP_DEFLATED,
                checksum=info.CRC,
            ),
            _refused(info),
            file.folder,
        )


def _parts(info: zipfile.ZipInfo) -> list[str]:
    """The path of a member; names without a mark are UTF-8 or GBK, as their system wrote them."""
    name = info.orig_filename
    if not info.flag_bits & _NAMED_IN_UTF8:
        name = name_text(name.encode("cp437"))
    name = _CONTROL.sub("", name.replace("\\", "/"))
    return [part for part in name.split("/") if part.strip() not in ("", ".", "..")]


def _refused(info: zipfile.ZipInfo) -> str:
    try:
        check_member(info)
        limits.check_bytes(info.file_size, limits.FILE_BYTES)
    except InputError as error:
        return str(error)
    return ""


def chunks_of(file: FoundFile) -> Iterator[bytes]:
    """The bytes of a file or member, piece by piece.

    :raises OSError: it cannot be read.
    :raises InputError: it was refused, is too large, or its archive is damaged.
    """
    if file.refused:
        raise UnreadableError(file.refused)
    with file.path.open("rb") as handle:
        if file.member is None:
            limits.check_bytes(handle.seek(0, 2), limits.FILE_BYTES)
            handle.seek(0)
            while chunk := handle.read(_AT_ONCE):
                yield chunk
            return
        if file.member.offset < 0:
            raise _damaged()
        handle.seek(file.member.offset)
        header = handle.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_START):
            raise _damaged()
        _, name, extra = _HEADER.unpack(header)
        handle.seek(name + extra, 1)
        yield from _unpacked(iter(lambda: handle.read(_AT_ONCE), b""), file.member)


def _unpacked(packed: Iterator[bytes], member: Member) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    left, size, checksum = member.packed, 0, 0
    for chunk in packed:
        piece, left = chunk[:left], left - len(chunk[:left])
        if member.deflated:
            try:
                piece = unpacker.decompress(piece, member.size - size + 1)
            except zlib.error as error:
                raise _damaged() from error
        size += len(piece)
        if size > member.size:
            raise _damaged()
        checksum = zlib.crc32(piece, checksum)
        yield piece
        if not left:
            break
    if size != member.size or checksum != member.checksum:
        raise _damaged()


def _damaged() -> UnreadableError:
    return UnreadableError(
        "expected an intact member of an archive, found a damaged one;"
        " download or pack the archive again"
    )
