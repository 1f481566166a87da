"""Texts of one kind to families with templates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from peers.boilerplate.grouping import Encode, Place, grouped
from peers.boilerplate.masks import INDICATOR
from peers.boilerplate.records import (
    Example,
    Family,
    Form,
    Kind,
    Member,
    Slot,
    Stage,
    Text,
    UnitCount,
)
from peers.boilerplate.standing import STANDARD_NAME, commonest, is_standard_name
from peers.boilerplate.templates import template_of

ALIKE = {
    Kind.NAME: 0.8,
    Kind.DESCRIPTION: 0.7,
    Kind.VALUE: 0.75,
    Kind.GOAL: 0.7,
    Kind.PARAGRAPH: 0.6,
    Kind.TABLE: 0.6,
}
"""Likeness (Jaccard) from which two texts of a kind are one wording; short ones need more."""

_BY_MEANING = frozenset((Kind.DESCRIPTION, Kind.GOAL, Kind.PARAGRAPH))
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A family with all its members, the likest first."""

    family: Family
    members: tuple[Member, ...]


def families(kind: Kind, texts: Sequence[Text], encode: Encode | None = None) -> list[Found]:
    """All families of two records or more, those of most units first.

    `encode` turns texts into vectors of length one; only longer texts are compared by meaning.
    """
    places = _placed(kind, texts, encode)
    gathered: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        gathered[place.leader].append(number)
    found = [
        _family(kind, [texts[n] for n in numbers], [places[n] for n in numbers])
        for numbers in gathered.values()
        if len(numbers) > 1
    ]
    return numbered(found)


def numbered(found: Iterable[Found]) -> list[Found]:
    """Families in order: those of most units first; each with its number as its id."""
    ordered = sorted(
        found, key=lambda one: (-one.family.units, -one.family.size, one.family.template)
    )
    return [
        replace(one, family=replace(one.family, id=f"{one.family.kind}-{number:04d}"))
        for number, one in enumerate(ordered, start=1)
    ]


def _placed(kind: Kind, texts: Sequence[Text], encode: Encode | None) -> list[Place]:
    """The place of each text; values that hold a number are one only where they are equal."""
    by_meaning = encode if kind in _BY_MEANING else None
    if kind is not Kind.VALUE:
        return list(grouped([text.masked for text in texts], ALIKE[kind], by_meaning))
    places = [Place(0, 1.0, Stage.EXACT)] * len(texts)
    for numeric in (False, True):
        numbers = [n for n, text in enumerate(texts) if _is_numeric(text.masked) is numeric]
        threshold = None if numeric else ALIKE[kind]
        part = grouped([texts[n].masked for n in numbers], threshold)
        for number, place in zip(numbers, part, strict=True):
            places[number] = Place(numbers[place.leader], place.score, place.stage)
    return places


def _is_numeric(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _family(kind: Kind, texts: Sequence[Text], places: Sequence[Place]) -> Found:
    order = sorted(range(len(texts)), key=lambda n: (-places[n].score, _age(texts[n]), n))
    texts, places = [texts[n] for n in order], [places[n] for n in order]
    counts = Counter(text.masked for text in texts)
    fills: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in texts:
        fills[text.masked].append(text.fills)
    leader = texts[0].masked
    variants = sorted(counts, key=lambda masked: (masked != leader, -counts[masked], masked))
    template, slots = template_of(variants, fills)
    form = Form.ECHO if leader == INDICATOR else Form.SHARED
    standard = commonest(text.standard for text in texts)
    if kind is Kind.NAME and not standard and is_standard_name(leader):
        standard = STANDARD_NAME
    family = described(kind, form, template, slots, texts, [place.score for place in places])
    return rightly(Found(family, members_of(texts, places)), standard)


def rightly(found: Found, why: str) -> Found:
    """The family with the reason why sharing it is legitimate, "" for none."""
    return replace(found, family=replace(found.family, standard=bool(why), why_standard=why))


def members_of(texts: Sequence[Text], places: Sequence[Place]) -> tuple[Member, ...]:
    """Texts with what is known of their places, as members."""
    return tuple(
        Member(text.id, text.project_id, text.unit, text.year, round(place.score, 4), place.stage)
        for text, place in zip(texts, places, strict=True)
    )


def described(
    kind: Kind,
    form: Form,
    template: str,
    slots: tuple[Slot, ...],
    texts: Sequence[Text],
    scores: Sequence[float],
) -> Family:
    """A family of these texts, the likest first: who has it, since when, how often."""
    units = Counter(text.unit for text in texts)
    years = sorted({text.year for text in texts if text.year is not None})
    first = {text.unit for text in texts if years and text.year == years[0]}
    return Family(
        id="",
        kind=kind,
        form=form,
        template=template,
        slots=slots,
        size=len(texts),
        texts=len({text.masked for text in texts}),
        units=len(units),
        years=tuple(years),
        first_year=years[0] if years else None,
        first_units=tuple(sorted(first)),
        standard=False,
        why_standard="",
        by_unit=tuple(UnitCount(unit, n) for unit, n in _by_count(units)),
        examples=tuple(
            Example(
                text.id,
                text.project_id,
                text.unit,
                text.project,
                text.year,
                text.text,
                round(score, 4),
            )
            for text, score in _of_different_units(texts, scores)
        ),
    )


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _of_different_units(texts: Sequence[Text], scores: Sequence[float]) -> list[tuple[Text, float]]:
    """A few members to show: of different units first."""
    pairs = list(zip(texts, scores, strict=True))
    firsts: dict[str, int] = {}
    for number, (text, _) in enumerate(pairs):
        firsts.setdefault(text.unit, number)
    chosen = list(firsts.values())[:_EXAMPLES]
    rest = (number for number in range(len(pairs)) if number not in chosen)
    return [pairs[number] for number in (*chosen, *islice(rest, _EXAMPLES - len(chosen)))]


def _age(text: Text) -> int:
    """The year of a text; one without comes last."""
    return 9999 if text.year is None else text.year
