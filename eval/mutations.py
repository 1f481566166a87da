"""Damage done to documents on purpose: bytes, decoded text, and parts unpacked and packed again."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"999999", b"4294967295", b"99999999999999999999")
_PIECES = (
    b"\0", b"\xff", b"<", b">", b'"', b"&", b"]]>", b"\r", b"\n\n", b"\t", b"\t\t\n", b" | ", b"||",
    b"<!--", b"{", b"}", b"(", b")", b"%", b"\x07", b"\xef\xbb\xbf", b"&#x110000;", b"&a;",
    "指标".encode(), "一级指标".encode(), "≥".encode(), "三级指标\t指标值".encode("gb18030"),
)  # fmt: skip
_WORDS = (
    "\t", "\n", "\n\n", " | ", "||", "\u3000", "\xa0", "一级指标", "二级指标", "三级指标", "指标值",
    "产出指标", "数量指标", "满意度指标", "≥95%", "<=", "±", "1e309", "9" * 400, "年度目标",
    "项目名称", "合计", "优", "[bookmark: _Toc_4_4_0000000001]1.", "\u202e", "\U0001f600", "(",
    "（" * 50, "1." * 99,
)  # fmt: skip
_LARGEST = 400_000
"""Bytes of a mutated input at most: what is measured is damage, the limits have their tests."""

_STREAM = re.compile(rb"(stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL)
_TAG = re.compile(rb"<[^<>]{0,400}>")


def mutated(rng: Random, data: bytes, other: bytes, kind: str) -> bytes:
    """A damaged version of `data`; `other` is a second document of the same kind."""
    how = _BY_KIND[kind] if rng.random() < 0.8 else _bytes
    for _ in range(1 + min(int(rng.expovariate(0.7)), 6)):
        data = how(rng, data, other)[:_LARGEST]
    return data


def _few_bytes(rng: Random, data: bytes, other: bytes) -> bytes:
    """Some bytes set: what moves the rest of such a file leaves nothing to read."""
    del other
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 20)) if data else 0):
        at = rng.randrange(len(data))
        changed[at] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
    return bytes(changed)


def _bytes(rng: Random, data: bytes, other: bytes) -> bytes:
    """One change of bytes: flip, set, cut, insert, duplicate, splice, move or a number."""
    if not data:
        return other[: rng.randrange(1, 200)]
    start, end = _range(rng, len(data))
    match rng.randrange(9):
        case 0:
            at = rng.randrange(len(data))
            return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        case 1:
            return data[:start] + rng.randbytes(min(end - start, 64)) + data[start + 64 :]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:start] + rng.choice(_PIECES) * rng.choice((1, 1, 1, 2, 300)) + data[start:]
        case 4:
            return data[:end] + data[start:end] * rng.choice((1, 1, 2, 20)) + data[end:]
        case 5:
            left, right = _range(rng, len(other))
            return data[:start] + other[left:right] + data[end:]
        case 6:
            return data[: rng.randrange(len(data))]
        case 7:
            at = rng.randrange(len(data))
            return data[:start] + data[end:][:at] + data[start:end] + data[end:][at:]
        case _:
            return _number(rng, data)


def _range(rng: Random, size: int) -> tuple[int, int]:
    """A stretch, mostly short."""
    if size < 2:
        return 0, size
    start = rng.randrange(size)
    longest = rng.choice((4, 64, 1024, size))
    return start, min(size, start + 1 + rng.randrange(longest))


def _number(rng: Random, data: bytes) -> bytes:
    found = list(re.finditer(rb"[0-9]+", data[:_LARGEST]))
    if not found:
        return data
    at = rng.choice(found)
    return data[: at.start()] + rng.choice(_NUMBERS) + data[at.end() :]


def _text(rng: Random, data: bytes, other: bytes) -> bytes:
    """One change of decoded text, its encoding now and then another."""
    lines = _decoded(data).split("\n")
    spare = _decoded(other).split("\n")
    start, end = _range(rng, len(lines))
    end = min(end, start + 40)
    match rng.randrange(8):
        case 0:
            del lines[start:end]
        case 1:
            lines[start:start] = lines[start:end] * rng.choice((1, 2, 10))
        case 2:
            lines[start:end] = spare[: end - start]
        case 3:
            lines[start] = lines[start][::-1]
        case 4:
            lines[start:end] = ["".join(lines[start:end])]
        case 5:
            rng.shuffle(lines)
        case 6:
            word = rng.choice(_WORDS)
            lines = [line.replace(rng.choice("\t|： "), word) for line in lines]
        case _:
            line = lines[start]
            at = rng.randrange(len(line) + 1)
            lines[start] = line[:at] + rng.choice(_WORDS) * rng.choice((1, 1, 5)) + line[at:]
    return "\n".join(lines)[:_LARGEST].encode(
        rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")), "replace"
    )


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-16", "replace")


def _markup(rng: Random, data: bytes, other: bytes) -> bytes:
    """One change of XML or HTML, often such that it stays well-formed."""
    if rng.random() < 0.12:
        return _bytes(rng, data, other)
    if rng.random() < 0.08:
        return _nested(rng, data)
    try:
        return _tree(rng, data)
    except (ValueError, TypeError, IndexError, SyntaxError, AssertionError):
        return _bytes(rng, data, other)


def _nested(rng: Random, data: bytes) -> bytes:
    """The same tag many times over: tables in tables, levels without end."""
    tags: list[bytes] = _TAG.findall(data[:50_000])
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(tags or [b"<td>"]) * rng.choice((2, 50, 3000)) + data[at:]


def _tree(rng: Random, data: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, recover=True))
    elements = [] if root is None else list(root.iter("*"))  # nothing could be recovered
    one, two = rng.choice(elements), rng.choice(elements)
    parent = one.getparent()
    match rng.randrange(6):
        case 0 if parent is not None:
            parent.remove(one)
        case 1:
            one.append(etree.fromstring(etree.tostring(two)))
        case 2:
            for _ in range(rng.choice((1, 5, 40))):
                two.append(etree.fromstring(etree.tostring(one)[:20_000]))
        case 3 if one.attrib:
            name = rng.choice(list(one.attrib))
            one.set(name, rng.choice(_NUMBERS).decode() + rng.choice(("", "", "A", ":XFD1048576")))
        case 4:
            one.text = rng.choice(_WORDS).replace("\0", "")
        case _:
            one.tag = two.tag
    return bytes(etree.tostring(root))


def _packed(rng: Random, data: bytes, other: bytes) -> bytes:
    """One part of an Office file or archive changed, and packed again."""
    try:
        parts, spare = _unpack(data), _unpack(other)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, zlib.error):
        return _bytes(rng, data, other)
    if not parts:
        return _bytes(rng, data, other)
    weights = [1 + 4 * name.endswith((".xml", ".txt")) + len(part) / 2000 for name, part in parts]
    index = rng.choices(range(len(parts)), weights)[0]
    name, part = parts[index]
    if rng.random() < 0.03:
        del parts[index]
    else:
        change = _markup if name.endswith((".xml", ".rels")) else _bytes
        parts[index] = (name, change(rng, part, rng.choice(spare or parts)[1]))
    return _pack(parts)


def _unpack(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            (info.filename, archive.read(info))
            for info in archive.infolist()
            if info.file_size < 4 * _LARGEST
        ]


def _pack(parts: Sequence[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1)
    return packed.getvalue()


def _pdf(rng: Random, data: bytes, other: bytes) -> bytes:
    """One stream of a PDF changed and packed again; its places are then found by searching."""
    streams = [m for m in _STREAM.finditer(data) if len(m.group(2)) < 20_000]
    if not streams:
        return _bytes(rng, data, other)
    match = rng.choice(streams)
    try:
        content = zlib.decompress(match.group(2))
    except zlib.error:
        return _bytes(rng, data, other)
    changed = zlib.compress(_bytes(rng, content, other))
    return data[: match.start(2)] + changed + data[match.end(2) :]


_BY_KIND: dict[str, Callable[[Random, bytes, bytes], bytes]] = {
    "text": _text,
    "csv": _text,
    "jsonl": _text,
    "html": _markup,
    "mht": _markup,
    "docx": _packed,
    "xlsx": _packed,
    "zip": _packed,
    "pdf": _pdf,
    "doc": _few_bytes,
    "xls": _few_bytes,
}
