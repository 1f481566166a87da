"""Long alternatives, looked for fast."""

import re
from collections.abc import Callable, Sequence

_TOKEN = re.compile(r"\\.|\[[^\]]*\]|\(\?|\)\?|.", re.DOTALL)
_LEANER = {"(": "(?:", ")?": "|)"}


def either(pattern: str) -> Callable[[str], bool]:
    """Whether a text holds one of the alternatives of a pattern, as `re.search` finds them.

    Those that begin with ^ are tried at the beginning only, and not at every place of the text.
    No group is kept, and what may be missing is one of two alternatives: `re` looks at the first
    character of an alternative before it tries it. A `?` behind a group must stand for itself.
    """
    parts = _alternatives(pattern)
    anchored = _one_of([part for part in parts if part.startswith("^")]).match
    free = _one_of([part for part in parts if not part.startswith("^")]).search
    return lambda text: anchored(text) is not None or free(text) is not None


def _alternatives(pattern: str) -> list[str]:
    """A pattern cut at the bars outside its brackets, each part in its leaner form."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += (token in ("(", "(?")) - (token in (")", ")?"))
        if token == "|" and depth == 0:  # noqa: S105 - no password
            parts.append("")
        else:
            parts[-1] += _LEANER.get(token, token)
    return parts


def _one_of(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(parts) if parts else "(?!)")
