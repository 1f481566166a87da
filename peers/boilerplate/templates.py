"""The template of a family: what its texts share, and the slots where they differ."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from peers.boilerplate.masks import LABELS, NUMBER
from peers.boilerplate.records import Fill, Slot
from text.units import is_measure

_Block = tuple[int, int, int]

_OTHER = "〈…〉"
_MEASURE = "〈计量单位〉"
_COMPARED = 40  # different texts that a template is made from
_FILLS = 8  # fillings that a slot lists
_SHORTEST = 2  # shared characters between two slots; less is chance
_FULL_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")


def template_of(
    masked: Sequence[str], fills: Mapping[str, Sequence[tuple[str, ...]]]
) -> tuple[str, tuple[Slot, ...]]:
    """The template of texts with marks, the commonest first, and its slots.

    `fills` gives for a text the words that stood at its marks, for each of its records.
    """
    leader, *others = masked[:_COMPARED]
    differs = [False] * len(leader)
    before: list[bool] = [False] * (len(leader) + 1)  # something is put in before this place
    matchings = [_blocks(leader, other) for other in others]
    for other, blocks in zip(others, matchings, strict=True):
        _mark(leader, other, blocks, differs, before)
    pieces = list(_pieces(leader, differs, before))
    known = _known_fills(leader, masked[:_COMPARED], matchings, pieces, fills)
    return _printed(leader, pieces, known)


def _blocks(leader: str, other: str) -> list[_Block]:
    """Where both agree: start in the leader, start in the other, length; in order."""
    found = SequenceMatcher(None, leader, other, autojunk=False).get_matching_blocks()
    kept = [
        (a, b, size)
        for a, b, size in found
        if size >= _SHORTEST or (size and (leader[a] in LABELS or len(leader) <= _SHORTEST))
    ]
    return [*kept, (len(leader), len(other), 0)]


def _mark(
    leader: str,
    other: str,
    blocks: Sequence[_Block],
    differs: list[bool],
    before: list[bool],
) -> None:
    at, at_other = 0, 0
    for start, start_other, size in blocks:
        for place in range(at, start):
            differs[place] = True
        if start == at and start_other > at_other:
            before[start] = True
        at, at_other = start + size, start_other + size


def _pieces(
    leader: str, differs: Sequence[bool], before: Sequence[bool]
) -> Iterator[tuple[int, int, bool]]:
    """The leader cut into parts that are fixed or a slot: start, end, whether a slot."""
    start = 0
    while start < len(leader):
        if leader[start] in LABELS and not differs[start]:
            if before[start]:
                yield start, start, True
            yield start, start + 1, True
            start += 1
            continue
        slot, end = differs[start], start + 1
        if before[start] and not slot:
            yield start, start, True
        while end < len(leader) and _continues(leader, end, slot, differs, before):
            end += 1
        yield start, end, slot
        start = end
    if before[len(leader)]:
        yield len(leader), len(leader), True


def _continues(
    leader: str, end: int, slot: bool, differs: Sequence[bool], before: Sequence[bool]
) -> bool:
    if slot:
        return differs[end]
    return not differs[end] and not before[end] and leader[end] not in LABELS


def _known_fills(
    leader: str,
    masked: Sequence[str],
    matchings: Sequence[Sequence[_Block]],
    pieces: Sequence[tuple[int, int, bool]],
    fills: Mapping[str, Sequence[tuple[str, ...]]],
) -> dict[tuple[int, int], Counter[str]]:
    """What stands in each slot, by its place in the leader."""
    slots = [(start, end) for start, end, slot in pieces if slot]
    found: dict[tuple[int, int], Counter[str]] = {slot: Counter() for slot in slots}
    whole = [[(0, 0, len(leader)), (len(leader), len(leader), 0)], *matchings]
    for text, blocks in zip(masked, whole, strict=True):
        for record in fills.get(text, ()):
            for start, end in slots:
                low, high = _stretch(leader, blocks, start, end)
                found[start, end][_unmasked(text, low, high, record)] += 1
    return found


def _stretch(leader: str, blocks: Sequence[_Block], start: int, end: int) -> tuple[int, int]:
    """Where the other text has what stands in a slot of the leader.

    What stands before and behind a slot is in both, but for the marks, which are slots themselves.
    """
    place = _place(blocks, start)
    if end == start + 1 and leader[start] in LABELS and place < blocks[-1][1]:
        return place, place + 1
    return _place(blocks, start - 1) + 1 if start else 0, _place(blocks, end)


def _place(blocks: Sequence[_Block], place: int) -> int:
    """Where the other text has a character of the leader; at the end, its own end."""
    found = (
        other + place - start for start, other, size in blocks if start <= place < start + size
    )
    return next(found, blocks[-1][1])


def _unmasked(text: str, low: int, high: int, fills: Sequence[str]) -> str:
    """The part of a text with its own words in place of the marks."""
    words = iter(fills)
    shown = []
    for place, character in enumerate(text[:high]):
        word = next(words, "") if character in LABELS else character
        if place >= low:
            shown.append(word)
    return "".join(shown)


def _printed(
    leader: str,
    pieces: Sequence[tuple[int, int, bool]],
    known: Mapping[tuple[int, int], Counter[str]],
) -> tuple[str, tuple[Slot, ...]]:
    text, slots = "", []
    for start, end, slot in pieces:
        if not slot:
            text += leader[start:end].translate(_FULL_WIDTH)
            continue
        fills = known[start, end]
        label = _label(leader[start:end], fills, after_number=text.endswith(LABELS[NUMBER]))
        counted = tuple(Fill(word, n) for word, n in fills.most_common(_FILLS))
        slots.append(Slot(label, len(text), len(text) + len(label), counted))
        text += label
    return text, tuple(slots)


def _label(masked: str, fills: Counter[str], *, after_number: bool) -> str:
    if masked in LABELS:
        return LABELS[masked]
    if after_number and all(is_measure(word) for word in fills if word):
        return _MEASURE
    if all(word.replace(".", "", 1).isdigit() for word in fills):
        return LABELS[NUMBER]
    return _OTHER
