"""Chinese family names, and words that begin like a name and are none (surnames.txt)."""

from pathlib import Path


def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in Path(__file__).with_name("surnames.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    return sections


_READ = _sections()

SINGLE = frozenset("".join(_READ["single"]))
"""Family names of one character."""

DOUBLE = frozenset(_READ["double"])
"""Family names of two characters."""

NO_NAMES = frozenset(_READ["no name"])
"""First two characters of words that follow a label of persons and are no name."""
