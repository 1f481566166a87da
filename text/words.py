"""Words of a text: jieba's, with the field's dictionary; numbers and Latin words kept whole.

Numbers and Latin words are cut out first and only runs of Chinese characters reach the
segmenter, without its guessing of unknown words (HMM): so rjieba and jieba give equal words,
and a name that no dictionary knows falls into characters instead of into a guess.
"""

import hashlib
import re
import unicodedata
import warnings
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from threading import Lock

from knowledge.dictionary import field_words
from text.normalise import fold

Cutter = Callable[[str], list[str]]
"""Cuts a run of Chinese characters (U+4E00 to U+9FD5) into words."""

# Counts of the field's words start here, high enough that a word beats its parts (the general
# dictionary counts 60 million words) and low enough not to break its neighbours. Each gets a
# count of its own, because two cuts that weigh the same come out by chance of rounding.
_FREQUENCY = 2_000
_RULES = "words-1"
_MAKING = Lock()

_PLAIN = re.compile(r"[\u4e00-\u9fd5]+")
_SPACE_INSIDE = re.compile(r"(?<=[\u4e00-\u9fd5])\s+(?=[\u4e00-\u9fd5])")
# Zero-width characters stand between the characters of copied web text.
_INVISIBLE = re.compile(r"[\u200b-\u200d\ufeff]+")
_TOKEN = re.compile(
    r"(?P<chinese>[\u4e00-\u9fd5]+)"
    r"|(?P<latin>(?<![\d.])\d[gkd](?![a-z0-9])|[a-z]+\d*(?:\.\d+)?(?:[a-z]+\d*)*)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"|(?P<other>[^\W_])"
)
_LONGEST_CACHED = 120  # characters
_NOT_WORD = re.compile(r"[\W_]+")


def words(text: str, cutter: Cutter | None = None) -> list[str]:
    """Words of a text in order, lower case, half width, without punctuation.

    `3,256.78` gives `3256.78`, `2023年` gives `2023`, `年`; `H5`, `App`, `PM2.5`, `5G` stay whole
    (`h5`, `app`, `pm2.5`, `5g`). White space between two Chinese characters (a broken cell) does
    not part a word. `cutter` replaces the segmenter, for comparing segmenters.
    """
    if cutter is None and len(text) <= _LONGEST_CACHED:
        return list(_cached(text))
    return _cut(text, cutter or default_cutter())


@lru_cache(maxsize=1 << 16)
def _cached(text: str) -> tuple[str, ...]:
    """Words of a short text: a build asks for them twice, for the vectors and for BM25."""
    return tuple(_cut(text, default_cutter()))


def _cut(text: str, cut: Cutter) -> list[str]:
    if _PLAIN.fullmatch(text):
        return cut(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = _SPACE_INSIDE.sub("", text)
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "chinese":
            found.extend(cut(token))
        elif match.lastgroup == "number":
            found.append(token.replace(",", ""))
        else:
            found.append(token)
    return found


def bigrams(text: str) -> list[str]:
    """Character bigrams of the `plain_form`; one lone character gives none."""
    plain = plain_form(text)
    return [plain[i : i + 2] for i in range(len(plain) - 1)]


def plain_form(text: str) -> str:
    """The folded text without punctuation."""
    return text if _PLAIN.fullmatch(text) else _NOT_WORD.sub("", fold(text))


@cache
def dictionary_hash() -> str:
    """Changes (16 hex digits) with the field's dictionary and with the rules of this module."""
    stated = "\n".join((_RULES, str(_FREQUENCY), *field_words()))
    return hashlib.sha256(stated.encode()).hexdigest()[:16]


@cache
def default_cutter() -> Cutter:
    """The segmenter of this process: rjieba where it is installed, else jieba.

    Made once, though several threads may ask for it: rjieba takes words from one at a time.
    """
    with _MAKING:
        return rjieba_cutter() if find_spec("rjieba") else jieba_cutter()


@cache
def rjieba_cutter() -> Cutter:
    """Segment with rjieba and the field's dictionary.

    :raises ImportError: rjieba is not installed.
    """
    # A second `Jieba()` beside the one that the module builds on import would double the start.
    import rjieba

    for count, word in enumerate(field_words(), _FREQUENCY):
        rjieba.add_word(word, count, None)
    cut = rjieba.cut

    def segment(text: str) -> list[str]:
        return cut(text, False)

    return segment


@cache
def jieba_cutter() -> Cutter:
    """Segment with jieba and the field's dictionary; prints nothing and writes no cache file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old spellings in its source, none of our concern
        import jieba

    tokenizer = jieba.Tokenizer()
    # `initialize` would log to stderr and keep a marshal file in the temporary folder.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for count, word in enumerate(field_words(), _FREQUENCY):
        # jieba lets the total grow by the old count as well when it replaces one; rjieba does not.
        tokenizer.total -= tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, count)

    def segment(text: str) -> list[str]:
        return list(tokenizer.cut(text, HMM=False))

    return segment
