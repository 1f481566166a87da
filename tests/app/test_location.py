"""The address of the page is the state: what is written there is read back."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app_pages.location import FIELDS, PAGE_SIZES, Location, address, parse
from corpus.records import Level1, Level2, ValueKind
from index.results import Scope

CLOSED = {
    "level1": st.sampled_from([level.value for level in Level1]),
    "level2": st.sampled_from([level.value for level in Level2]),
    "value_kind": st.sampled_from([kind.value for kind in ValueKind]),
    "measurable": st.sampled_from(["true", "false"]),
}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
STRIPPED = WORDS.map(str.strip)
LOCATIONS = st.builds(
    Location,
    text=STRIPPED,
    scope=st.sampled_from(Scope),
    where=st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(CLOSED.get(name, WORDS), min_size=1, max_size=4, unique=True).map(tuple)
            for name in FIELDS
        },
    ),
    shown=st.sampled_from(PAGE_SIZES),
)


def as_lists(params: dict[str, str | list[str]]) -> dict[str, Sequence[str]]:
    return {name: [v] if isinstance(v, str) else v for name, v in params.items()}


@given(LOCATIONS)
def test_address_and_back(place: Location) -> None:
    assert parse(as_lists(address(place))) == place


def test_a_usual_location_has_an_empty_address() -> None:
    assert address(Location()) == {}


@given(
    st.dictionaries(
        st.sampled_from(["q", "in", "n", *FIELDS, "x"]),
        st.lists(WORDS, max_size=3),
    )
)
def test_any_address_can_be_read(params: dict[str, list[str]]) -> None:
    place = parse(params)
    assert place.shown in PAGE_SIZES
    assert parse(as_lists(address(place))) == place


def test_unknown_words_fall_back_to_the_usual() -> None:
    place = parse({"in": ["everything"], "level2": ["美观"], "n": ["1000000"], "nonsense": ["1"]})
    assert place == Location()
