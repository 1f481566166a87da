"""PDF: rows, unread pages, and what a hostile one may not do."""

import zlib

import pytest

from corpus import limits
from corpus.blocks import Item, Row, Unread
from corpus.readers.pdf import read_pdf
from errors import LimitError, UnreadableError

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(*pages: bytes, extra: str = "", filters: str = "", font: str = FONT) -> bytes:
    """A PDF with these contents of pages; its places are found by searching."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        f"2 0 obj << /Type /Pages /Kids [{kids}] /Count {len(pages)} >> endobj",
        f"3 0 obj {font} endobj",
        extra,
    ]
    data = ("%PDF-1.4\n" + "\n".join(objects) + "\n").encode("latin-1")
    for n, content in enumerate(pages):
        data += (
            (
                f"{10 + 2 * n} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents"
                f" {11 + 2 * n} 0 R /Resources << /Font << /F1 3 0 R >> >> >> endobj\n"
                f"{11 + 2 * n} 0 obj << /Length {len(content)} {filters} >> stream\n"
            ).encode()
            + content
            + b"\nendstream endobj\n"
        )
    return data + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def text(words: str) -> bytes:
    return f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode()


def read(data: bytes) -> list[Item]:
    return list(read_pdf(data))


def said(items: list[Item]) -> list[str]:
    return [" ".join(i.texts) if isinstance(i, Row) else getattr(i, "text", "") for i in items]


def test_pages_in_order() -> None:
    items = read(pdf(text("one"), text("two")))
    assert said(items) == ["one", "two"]
    assert [getattr(i, "place", "") for i in items] == ["page 1", "page 2"]


def test_a_bad_page_does_not_cost_the_others() -> None:
    bad = b"q " * 3 + b"/F1 (x) Tf [1 2 (" + b"\xff" * 20
    items = read(pdf(text("one"), bad + b" BT 1 0 R Tj", text("three")))
    assert "one" in said(items)
    assert "three" in said(items)


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGES", 2)
    assert len(read(pdf(text("one"), text("two")))) == 2
    with pytest.raises(LimitError, match="at most 2 pages"):
        read(pdf(text("one"), text("two"), text("three")))


def test_pages_that_refer_to_themselves() -> None:
    data = pdf(text("one")).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R 10 0 R 2 0 R 10 0 R]")
    assert said(read(data)) == ["one"]


@pytest.mark.parametrize(
    ("filters", "packed"),
    [
        ("/Filter /FlateDecode", zlib.compress(b" " * 3_000_000)),
        ("/Filter /RunLengthDecode", b"\x81 " * 24_000 + b"\x80"),
        ("/Filter /LZWDecode", bytes.fromhex("800B6050220C0C8501") * 40_000),
        ("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999999 >>",
         zlib.compress(b"\x02" * 99)),
    ],
    ids=["flate", "run length", "lzw", "predictor"],
)  # fmt: skip
def test_bombs_in_streams(filters: str, packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STREAM_BYTES", 100_000)
    (unread,) = read(pdf(packed, filters=filters))
    assert isinstance(unread, Unread)
    assert "MB in one part of a PDF" in unread.reason or "cannot be read" in unread.reason


def test_streams_within_the_limit_are_what_they_were() -> None:
    for filters, packed in [
        ("/Filter /FlateDecode", zlib.compress(text("flate"))),
        ("/Filter /RunLengthDecode", bytes([len(text("run")) - 1]) + text("run") + b"\x80"),
    ]:
        assert said(read(pdf(packed, filters=filters))) in (["flate"], ["run"])


def test_a_font_with_endless_ranges() -> None:
    cmap = "/CIDInit begincmap 1 beginbfrange <0000> <ffffffff> <0041> endbfrange endcmap"
    extra = f"4 0 obj << /Length {len(cmap)} >> stream\n{cmap}\nendstream endobj"
    widths = "/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << >> /W [0 99999999999 1]"
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 4 0 R"
        f" /DescendantFonts [<< /Type /Font {widths} /FontDescriptor << >> >>] >>"
    )
    (unread,) = read(pdf(b"BT /F1 12 Tf <00410042> Tj ET", extra=extra, font=font))
    assert isinstance(unread, Unread)
    assert "codes in a range of a font" in unread.reason


def test_a_crowded_page_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_OBJECTS", 10)
    one, two = read(pdf(text("a long line of text"), text("short")))
    assert isinstance(one, Unread)
    assert "at most 10 characters and lines on a page, found" in one.reason
    assert said([two]) == ["short"]


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.7\n1 0 obj\n<<", b"%PDF-1.4\ntrailer <<>>"])
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"expected .*PDF.*found.*print it to a new PDF"):
        read(data)


def test_a_locked_pdf_is_named() -> None:
    keys = b"/V 1 /R 2 /P -1 /O (%s) /U (%s)" % (b"o" * 32, b"u" * 32)
    lock = b"/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard %s >>" % keys
    locked = pdf(text("x")).replace(b"/Root 1 0 R", lock)
    with pytest.raises(UnreadableError, match="without a password, found an encrypted one"):
        read(locked)
