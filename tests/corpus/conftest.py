"""Strategies for whole records, built from their types, and a store to write to."""

import types
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import strategies as st

from corpus.records import GradeStandard, Parsed, Project
from corpus.store.store import Store

FINITE = st.floats(allow_nan=False, allow_infinity=False)
WHOLE = st.integers(min_value=-(2**53), max_value=2**53)


def strategy_for(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type hint
    """Anything that a field of this type may hold and JSON can write."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in (str, float, int, bool, type(None)):
        simple = {str: st.text(max_size=12), float: FINITE, int: WHOLE, bool: st.booleans()}
        return simple.get(hint, st.none())
    if origin in (Union, types.UnionType):
        return st.one_of(*map(strategy_for, inner))
    if hint == tuple[GradeStandard, ...]:  # JSON has them as an object: each grade once
        grades = st.lists(strategy_for(GradeStandard), max_size=4, unique_by=lambda g: g.grade)
        return grades.map(tuple)
    if origin is tuple:
        return st.lists(strategy_for(inner[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    fields = {name: strategy_for(field) for name, field in get_type_hints(hint).items()}
    return st.builds(hint, **fields)


@pytest.fixture(scope="session")
def any_project() -> st.SearchStrategy[Project]:
    """Any project with goals and indicators."""
    return strategy_for(Project)


@pytest.fixture(scope="session")
def any_parsed() -> st.SearchStrategy[Parsed]:
    """Any content of a document."""
    return strategy_for(Parsed)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store to write to."""
    with Store.open(tmp_path / "corpus.sqlite", write=True) as opened:
        yield opened
