import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embed.families import BaggedFamilies, families_of, hold_out
from embed.features import Vocabulary
from knowledge.concepts import Concept, MeasureClass, Polarity, concepts

NAMES = st.text("培训人次数量", min_size=1, max_size=6)
FAMILIES = st.lists(
    st.tuples(NAMES, st.lists(NAMES, max_size=6)), unique_by=lambda pair: pair[0], max_size=30
).map(lambda pairs: [tuple(dict.fromkeys([name, *rest])) for name, rest in pairs])


def _concept(name: str, *phrasings: str) -> Concept:
    kind = ("数量", MeasureClass.COUNT, ("人",), Polarity.HIGHER)
    return Concept(name, "通用", *kind, phrasings, "≥5人", ())


def test_concepts_of_one_name_are_one_family() -> None:
    given = [
        _concept("培训期数", "办班次数"),
        _concept("培训人次", "受训人次"),
        _concept("培训人次", "培训人次", "听课人数", "受训人次"),
    ]
    assert families_of(given) == (
        ("培训期数", "办班次数"),
        ("培训人次", "受训人次", "听课人数"),
    )


@given(FAMILIES)
def test_what_is_held_out_is_not_seen(families: list[tuple[str, ...]]) -> None:
    held = hold_out(families)
    assert held.names == tuple(family[0] for family in families)
    unseen = {name for _, name in held.concepts}
    kept = {family[0]: family for family in held.families}
    assert not unseen & set(kept)
    taken = {name: text for text, name in held.phrasings}
    for name, *texts in families:
        if name in kept:
            left = [text for text in texts if text != taken.get(name)]
            assert kept[name] == (name, *left)
            assert (name in taken) == (len(texts) > 1)
        else:
            assert [text for text, of in held.concepts if of == name] == texts


def test_a_tenth_of_the_concepts_is_held_out() -> None:
    families = families_of(concepts())
    held = hold_out(families)
    assert 0.05 < 1 - len(held.families) / len(families) < 0.15


@given(FAMILIES, st.integers(2, 9), st.integers(0, 99))
def test_every_text_meets_another_of_its_family(
    families: list[tuple[str, ...]], size: int, seed: int
) -> None:
    bagged = BaggedFamilies.of(Vocabulary(["培"]), families)
    several = [family for family in families if len(family) > 1]
    total = sum(map(len, several))
    family_of = [number for number, family in enumerate(several) for _ in family]
    seen: list[int] = []
    for texts, others, goal in bagged.rounds(size, np.random.default_rng(seed)):
        assert goal.tolist() == [family_of[text] for text in texts]
        assert [family_of[text] for text in others] == list(range(len(several)))
        last = {family: text for text, family in zip(texts.tolist(), goal.tolist(), strict=True)}
        for family, text in last.items():
            assert others[family] != text
        seen += texts.tolist()
    assert len(seen) == len(set(seen))
    assert total - len(seen) < size / 2
