"""Making texts comparable: white space, width and case."""

import re
import unicodedata

_ZERO_WIDTH = re.compile(r"[\u200b-\u200d\ufeff]")


def squeeze(text: str) -> str:
    """Take all white space out (also no-break, ideographic and zero-width spaces)."""
    if text.isprintable() and " " not in text:  # no other white space is printable
        return text
    text = "".join(text.split())
    return text if text.isprintable() else _ZERO_WIDTH.sub("", text)


def one_line(text: str) -> str:
    """Runs of white space become one space; none at the ends."""
    if text.isprintable() and " " not in text:
        return text
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_ZERO_WIDTH.sub(" ", line).split())


def fold(text: str) -> str:
    """Form for comparing: NFKC (full width → half width), lower case, no white space."""
    return squeeze(unicodedata.normalize("NFKC", text)).lower() if text else text
