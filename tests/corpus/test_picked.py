"""Rows picked by id against the whole store."""

from pathlib import Path
from random import Random

import pytest

from service.home import Home
from service.refresh import ingest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two sample documents, read."""
    found = Home.open(tmp_path_factory.mktemp("picked") / "home", create=True)
    ingest(found, [SAMPLES / "001_A1_jiaoyu.txt", SAMPLES / "002_A1_shuili.txt"])
    return found


def test_picked_rows_are_those_of_the_store(home: Home) -> None:
    with home.store() as store:
        stored = {one.id: one for one in store.indicators()}
        ids = list(stored)
        Random(1).shuffle(ids)  # noqa: S311 - an order for a test, no secret
        picked = store.indicators_at(ids[:7])
        assert [one.id for one in picked] == ids[:7]
        assert list(picked) == [stored[own_id] for own_id in ids[:7]]


def test_ids_that_are_not_there_are_left_out(home: Home) -> None:
    with home.store() as store:
        known = next(store.indicators()).id
        gone = ["", "x", "000000000000-i001", f"{known}0000", "a-ib"]
        assert [one.id for one in store.indicators_at([*gone, known])] == [known]
        assert store.indicators_at([]) == ()


def test_what_projects_state_is_all_their_rows(home: Home) -> None:
    with home.store() as store:
        projects = list(store.projects())
        told = store.stated([one.id for one in projects])
        for one in projects:
            assert told[one.id] == {(row.name, row.value.raw) for row in one.project.indicators}
        assert store.stated(["none"]) == {"none": frozenset()}
