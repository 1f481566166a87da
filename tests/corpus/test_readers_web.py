"""Web pages and saved web pages to rows: spans as browsers lay them out, encodings, nesting."""

import base64
import quopri

import pytest

from corpus.blocks import Item, Paragraph, Row
from corpus.readers.html import read_html
from corpus.readers.mht import read_mht
from errors import LimitError, UnreadableError

PAGE = (
    "<html><body><p>部门绩效</p><table><tr><td>三级指标</td><td>指标值</td></tr></table>"
    "</body></html>"
)
EXPECTED = [("部门绩效",), ("三级指标", "指标值")]


def said(items: list[Item]) -> list[tuple[str, ...]]:
    found = [tuple(c.text for c in i.cells) if isinstance(i, Row) else (i.text,)
             for i in items if isinstance(i, Row | Paragraph)]  # fmt: skip
    return found


def test_spans_are_laid_out_as_browsers_do() -> None:
    page = (
        "<table><tr><td rowspan=2>a</td><td colspan='2'>b</td></tr><tr><td>c<td>d</tr>"
        "<tr><td rowspan=0>e</td><td>f</td><td>g</td></tr><tr><td>h</td></tr></table>"
    )
    assert said(list(read_html(page.encode()))) == [
        ("a", "b", ""),
        ("", "c", "d"),
        ("e", "f", "g"),
        ("", "h", ""),
    ]


def test_a_span_reaches_no_further_than_the_table() -> None:
    page = (
        "<table><tr><td rowspan=1000000 colspan=1000000>a</td><td>b</td></tr>"
        "<tr><td>c</td></tr><tr><td colspan=1000>d</td></tr></table>"
    )
    rows = said(list(read_html(page.encode())))
    assert [text for row in rows for text in row if text] == ["a", "b", "c", "d"]
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("gb2312", "utf-8"),  # what the page declares is often wrong
        ("utf-8", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(charset: str, encoding: str) -> None:
    page = PAGE.replace("<body>", f'<head><meta charset="{charset}"></head><body>')
    assert said(list(read_html(page.encode(encoding)))) == EXPECTED
    declared = f'<?xml version="1.0" encoding="{charset}"?>{page}'
    assert said(list(read_html(declared.encode(encoding)))) == EXPECTED


def test_some_bad_bytes_do_not_cost_the_page() -> None:
    page = PAGE.replace("<body>", '<meta charset="gb2312"><body>').encode("gb18030")
    damaged = page.replace("部门".encode("gb18030"), b"\xff\xff\0")
    assert said(list(read_html(damaged)))[1] == EXPECTED[1]


def test_deep_pages_are_read_whole_or_refused() -> None:
    deep = "<div>" * 900 + "<table><tr><td>x</td></tr></table>" + "</div>" * 900 + "<p>after</p>"
    assert said(list(read_html(f"<html>{deep}".encode()))) == [("x",), ("after",)]
    with pytest.raises(LimitError, match="levels in a web page"):
        list(read_html(b"<html>" + b"<font>" * 100_000))


def test_scripts_and_comments_are_no_text() -> None:
    page = b"<html><script>x</script><!-- <table> --><style>y</style>a<noscript>z</noscript>b"
    assert said(list(read_html(page))) == [("ab",)]


def mail(*parts: bytes) -> bytes:
    head = (
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
    )
    return head + b"".join(b"\r\n--b\r\n" + part for part in parts) + b"\r\n--b--\r\n"


def part(body: bytes, encoding: str, charset: str, location: str = "http://x/a.htm") -> bytes:
    return (
        f"Content-Type: text/html; charset={charset}\r\nContent-Location: {location}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode() + body


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
def test_saved_pages(charset: str) -> None:
    page = PAGE.encode("gb18030" if charset == "gb2312" else charset)
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA"
    for body, encoding in [
        (quopri.encodestring(page), "quoted-printable"),
        (base64.encodebytes(page), "base64"),
        (page, "8bit"),
    ]:
        assert said(list(read_mht(mail(picture, part(body, encoding, charset))))) == EXPECTED


def test_every_page_of_a_saved_workbook_is_read() -> None:
    frames = part(b"<html><frameset><frame src=a></frameset></html>", "8bit", "utf-8")
    sheets = [
        part(f"<table><tr><td>{name}</td></tr></table>".encode(), "8bit", "utf-8",
             f"file:///C:/x.files/sheet00{name}.htm")
        for name in "12"
    ]  # fmt: skip
    items = list(read_mht(mail(frames, *sheets)))
    assert said(items) == [("1",), ("2",)]
    assert [i.place for i in items] == ["sheet001.htm table 1", "sheet002.htm table 1"]


def test_a_message_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"a message without one; save the page as .html"):
        list(read_mht(mail(b"Content-Type: text/plain\r\n\r\nhello")))
