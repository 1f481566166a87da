"""A process that is started before its work, and never left behind."""

import os

import pytest

from embed import open_encoder
from service.encoding_ahead import EncodingAhead

if (os.cpu_count() or 1) < 2:
    pytest.skip("one processor only: no second process is started here", allow_module_level=True)


def test_it_starts_when_few_of_many_new_files_are_left_and_ends_with_the_run() -> None:
    seen: list[tuple[int, int, str]] = []
    with EncodingAhead() as ahead:
        step = ahead.watching(lambda *told: seen.append(told), known=10)
        step(400, 400, "too early: nobody said for which encoder")
        ahead.allow(open_encoder())
        step(100, 400, "half-way")
        assert ahead._process is None
        step(390, 400, "few left")
        started = ahead._process
        step(400, 400, "last")
        assert ahead._process is started
    assert started is not None
    assert started._process.poll() is not None
    assert [done for done, _, _ in seen] == [400, 100, 390, 400]


@pytest.mark.parametrize(("total", "known"), [(20, 0), (400, 300)])
def test_few_files_or_known_ones_start_nothing(total: int, known: int) -> None:
    with EncodingAhead() as ahead:
        ahead.allow(open_encoder())
        ahead.watching(None, known)(total, total, "last")
        assert ahead._process is None


def test_who_takes_it_ends_it() -> None:
    encoder = open_encoder()
    with EncodingAhead() as ahead:
        ahead.allow(encoder)
        ahead.watching(None, 0)(400, 400, "last")
        started = ahead._process
        taken = ahead.taken(encoder)
        assert taken is started
    assert taken is not None
    assert taken._process.poll() is None
    with taken:
        pass
    assert taken._process.poll() is not None
