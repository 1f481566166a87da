"""Personal data in running text: found, and masked.

What counts as personal data, and what only looks like it, says `text.persons`; it is loaded when a
text gives reason to look closer.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from text.units import half_width

MASK_START = "〔"
"""What every replacement begins with."""


class Personal(StrEnum):
    """A kind of personal data; the value is what is put in its place."""

    NAME = "〔姓名〕"
    PHONE = "〔电话〕"
    ID = "〔证件号〕"
    EMAIL = "〔邮箱〕"
    ACCOUNT = "〔账号〕"


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data at `text[start:end]`; `labelled`: a label says so, not the form alone."""

    kind: Personal
    start: int
    end: int
    labelled: bool


# A text with none of these is not looked at any closer. Patterns that begin with a literal are
# much faster, so what must stand before is looked at afterwards.
_BLANK = r" \u00a0\u3000"
_BREAK = rf"(?:[{_BLANK}()（）\-－—–]{{0,2}}|\n)"
_MANY_DIGITS = re.compile(
    r"\d(?<![0-9A-KM-Z]\d)(?<![0-9]_\d)(?!\d{3}-\d\d?-\d\d?(?!\d))"  # no code, no date
    rf"{_BREAK}(?:\d{_BREAK}){{5,}}\d(?![0-9A-WYZa-wyz])"
)
_PERSON_HINT = re.compile(
    rf"人(?<=[责任系络报表写制单核批定办手请价督收录记告法{_BLANK}]人)"
    rf"|领导(?<=[管位联头系{_BLANK}]领导)|同志(?<=[责{_BLANK}]同志)|局长(?<=[管{_BLANK}]局长)"
    rf"|县长(?<=[管副{_BLANK}]县长)|会计(?<=[管{_BLANK}]会计)|姓(?=\s*名)"
    rf"|导(?<=[{_BLANK}]导)|志(?<=[{_BLANK}]志)|长(?<=[{_BLANK}]长)|计(?<=[{_BLANK}]计)"
)

_SEPARATOR = re.compile(r"([/\\\\])")
_HASH_DIGITS = 4


def may_hold(text: str) -> bool:
    """Whether a text could hold personal data: quick, and often true where there is none."""
    return (
        _MANY_DIGITS.search(text) is not None
        or _PERSON_HINT.search(text) is not None
        or "@" in text
        or "＠" in text
    )


def personal_data(text: str) -> tuple[Finding, ...]:
    """All personal data of a text, in order and apart from each other."""
    if not may_hold(text):
        return ()
    from text.persons import findings

    found: list[Finding] = []
    for finding in findings(half_width(text)):
        rest = _behind(finding, found)
        if all(rest.end <= one.start or one.end <= rest.start for one in found):
            found.append(rest)
    return tuple(sorted(found, key=lambda finding: finding.start))


def _behind(finding: Finding, found: Iterable[Finding]) -> Finding:
    """What is left of an address that a telephone number runs into (13812345678a@b.cn)."""
    ends = [one.end for one in found if one.start <= finding.start < one.end < finding.end]
    if finding.kind is not Personal.EMAIL or not ends:
        return finding
    return replace(finding, start=max(ends))


def without(text: str, findings: Iterable[Finding]) -> str:
    """The text with each finding replaced by the word for its kind."""
    parts, done = [], 0
    for finding in findings:
        parts += [text[done : finding.start], finding.kind.value]
        done = finding.end
    return "".join([*parts, text[done:]])


def masked_text(text: str) -> str:
    """The text with nothing personal in it."""
    return without(text, personal_data(text))


def masked_path(path: str) -> str:
    """A path or file name with nothing personal in any part of it.

    A part that was changed gets a short hash of what it was, so that two files stay two.
    """
    if not may_hold(path.replace("_", " ")):
        return path
    return "".join(_masked_part(part) for part in _SEPARATOR.split(path))


def _masked_part(name: str) -> str:
    found = personal_data(name.replace("_", " "))
    if not found:
        return name
    stem, dot, ending = without(name, found).rpartition(".")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]
    return f"{stem}~{digest}{dot}{ending}" if stem else f"{ending}~{digest}"
