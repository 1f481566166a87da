"""Text of documents on a page: shown as it is printed, never read as Markdown or HTML."""

import re

from text.normalise import one_line

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit looks for in texts that have been read, where a backslash is gone by then:
# addresses become links, signs become others.
_LATE = re.compile(
    r"(?<=:)(?=streamlit:)|(?<=http)(?=://)|(?<=https)(?=://)|(?<=www)(?=\.)|(?=@)"
    r"|(?<=(?<!\S)<)(?=->?(?!\S))|(?<=(?<!\S)[-<>~])(?=[->=](?!\S))",
    re.IGNORECASE,
)
_JOINER = "\u2060"  # WORD JOINER: not seen, and no line breaks at it


def plain(text: str) -> str:
    """The text on one line, for places that read Markdown: labels, captions, table cells.

    Every ASCII punctuation mark is escaped (CommonMark 2.4), so that a document can put
    neither formatting nor links, pictures, icons or formulas on the page; an invisible sign
    parts what would become a link or another sign all the same.
    """
    return _MARKUP.sub(r"\\\1", _LATE.sub(_JOINER, one_line(text)))
