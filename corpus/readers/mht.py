"""Web pages saved in one file (.mht, .mhtml): an e-mail whose parts are pages and pictures."""

import email
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from corpus import limits
from corpus.blocks import Item, Row
from corpus.readers.html import read_html
from errors import UnreadableError

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read_mht(data: bytes) -> Iterator[Item]:
    """Rows and paragraphs of all pages in the file: Excel saves each sheet as a page.

    Raises UnreadableError if there is no page in it, LimitError beyond `corpus.limits`.
    """
    parts = list(email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip()).walk())
    limits.check_count(len(parts), limits.MAIL_PARTS, "parts in a saved web page", "save it again")
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    if not pages:
        raise UnreadableError(
            "expected a saved web page (.mht), found a message without one; save the page as .html"
        )
    for part in pages:
        name = _name(part) if len(pages) > 1 else ""
        for item in _page(part):
            place = f"{name} {item.place}".strip()
            yield Row(item.cells, place) if isinstance(item, Row) else replace(item, place=place)


def _page(part: Message) -> Iterator[Item]:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes) and payload.strip():
        yield from read_html(payload, part.get_content_charset("") or "")


def _name(part: Message) -> str:
    """The last part of the address of a page."""
    return str(part.get("Content-Location", "")).replace("\\", "/").rsplit("/", 1)[-1][:80]
