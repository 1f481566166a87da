"""Departments 行业: which one the name of a unit tells.

The table is `departments.tsv`: one canonical spelling and a key for each department.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DEPARTMENTS_FILE = Path(__file__).parent / "departments.tsv"

GENERAL = "general"
"""The key of what all departments share."""

_BY_PLACE = frozenset({"zone", "township"})  # only where no other word tells what a unit does

# A town's government is named by where it stands, not by what it does.
_TOWN = re.compile(r"(?<![城市])(?:镇|乡|街道|苏木)(?:人民代表大会|本级|机关|[(（].*)?$")


@dataclass(frozen=True, slots=True)
class Department:
    """One department; `words` in the name of a unit tell it."""

    key: str
    name: str
    words: tuple[str, ...]


@cache
def departments() -> tuple[Department, ...]:
    """All departments in the order of the table."""
    return tuple(_read())


@lru_cache(maxsize=8192)
def department_in(text: str) -> str:
    """The department that a text tells (教育 for 乐亭县教育局); "" where it tells none.

    The longest word decides, of words as long the last one: the head of a Chinese name stands
    at its end. Towns and development zones are told only by default. The text should not hold
    names of places (公安县).
    """
    words, lengths = _words()
    best, length, start = "", (False, 0), 0
    while start < len(text):
        sizes = lengths.get(text[start], ())
        size = next((size for size in sizes if text[start : start + size] in words), 0)
        if size:
            found = words[text[start : start + size]]
            weight = (found.key not in _BY_PLACE, size)
            if weight >= length and found.key != GENERAL:
                best, length = found.name, weight
        start += size or 1
    return best or (_town() if _TOWN.search(text) else "")


def canonical(text: str) -> str:
    """The canonical spelling of a printed department (卫健 → 卫生健康); "" for an unknown one."""
    names = {department.name for department in departments()}
    return text if text in names else department_in(text)


def _town() -> str:
    return next(item.name for item in departments() if item.key == "township")


@cache
def _words() -> tuple[dict[str, Department], dict[str, tuple[int, ...]]]:
    """Departments by words; the lengths of words by their first character, longest first."""
    words = {word: item for item in departments() for word in item.words}
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return words, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _read() -> Iterator[Department]:
    for line in DEPARTMENTS_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, name, words = line.split("\t")
            yield Department(key, name, tuple(words.split()))
