"""Pairs of neighbouring characters as numbers: thousands of texts are looked through at once."""

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.uint64]

_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def pairs_of(text: str) -> Pairs:
    """A number for each pair of neighbouring characters of a text, `(len(text) - 1,)`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    return (codes[:-1] << _HALF) | codes[1:]


def pairs_without(pairs: Pairs, character: str) -> Pairs:
    """Those of some pairs of which neither character is this one."""
    code = np.uint64(ord(character))
    kept: Pairs = pairs[(pairs >> _HALF != code) & (pairs & _LOW != code)]
    return kept


def texts_of(pairs: Pairs) -> list[str]:
    """The two characters of each pair."""
    codes = np.stack([pairs >> _HALF, pairs & _LOW], axis=1).astype("<u4")
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    return [text[i : i + 2] for i in range(0, len(text), 2)]
