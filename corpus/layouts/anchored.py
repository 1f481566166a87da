"""Long alternatives, looked for fast."""

import re
from collections.abc import Callable, Sequence


def either(pattern: str) -> Callable[[str], bool]:
    """Whether a text holds one of the alternatives of a pattern, as `re.search` finds them.

    Those that begin with ^ are tried at the beginning only, and not at every place of the text.
    """
    parts = _alternatives(pattern)
    anchored = _one_of([part for part in parts if part.startswith("^")]).match
    free = _one_of([part for part in parts if not part.startswith("^")]).search
    return lambda text: anchored(text) is not None or free(text) is not None


def _one_of(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(parts) if parts else "(?!)")


def _alternatives(pattern: str) -> list[str]:
    """A pattern cut at the bars outside its brackets."""
    parts, depth = [""], 0
    for token in re.findall(r"\\.|\[[^\]]*\]|.", pattern):
        depth += (token == "(") - (token == ")")  # noqa: S105 - brackets
        if token == "|" and depth == 0:  # noqa: S105
            parts.append("")
        else:
            parts[-1] += token
    return parts
