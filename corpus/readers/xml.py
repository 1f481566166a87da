"""XML of Office files, parsed without entities, network or unbounded depth."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.limits import XML_DEPTH, too_much
from errors import InputError, UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_STRICT = b"http://purl.oclc.org/ooxml/"
_USUAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_DECLARATIONS = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
# without `huge_tree` libxml2 refuses depths above 256 and texts above 10 MB
_CAREFUL: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "collect_ids": False,
    "remove_comments": True,
    "remove_pis": True,
}


def parse_xml(data: bytes, what: str) -> "_Element":
    """The root element of one part of an Office file; both namespaces of ISO 29500 become one.

    Raises UnreadableError if it is damaged or declares entities, LimitError if it is nested too
    deeply.
    """
    from lxml import etree

    try:
        return etree.fromstring(_usual(data, what), etree.XMLParser(**_CAREFUL))
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise _damaged(what, error) from error


def stream_xml(data: bytes, what: str, *tags: str) -> Iterator["_Element"]:
    """The elements with these tags, one after the other, each forgotten when the next comes.

    Raises as `parse_xml`.
    """
    from lxml import etree

    settings = {key: value for key, value in _CAREFUL.items() if key != "collect_ids"}
    events = etree.iterparse(io.BytesIO(_usual(data, what)), events=("end",), tag=tags, **settings)
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise _damaged(what, error) from error


def _usual(data: bytes, what: str) -> bytes:
    """The XML with the usual namespaces; refused if it declares entities or points elsewhere."""
    if any(mark in data for mark in _DECLARATIONS):
        raise UnreadableError(
            f"expected plain XML, found {what} with declarations of its own, as no Office program"
            " writes them; open it with care and save it again"
        )
    if _STRICT in data:
        for strict, usual in _USUAL.items():
            data = data.replace(strict, usual)
    return data


def _damaged(what: str, error: Exception) -> InputError:
    said = " ".join(str(error).split())[:120]
    if "depth" in said:
        return too_much(
            f"{XML_DEPTH} elements inside each other", f"more in {what}", "save it again in Word"
        )
    return UnreadableError(
        f"expected an intact document, found {what} damaged ({said});"
        " save it again in its own program"
    )
