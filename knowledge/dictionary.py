"""The dictionary of the field: words that a general dictionary would cut apart."""

from functools import cache
from pathlib import Path

DICTIONARY_FILE = Path(__file__).parent / "dictionary.txt"


@cache
def field_words() -> tuple[str, ...]:
    """Words of `dictionary.txt` in file order, each once; comments and blank lines left out."""
    lines = DICTIONARY_FILE.read_text(encoding="utf-8").splitlines()
    words = (line.strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for word in words if word))
