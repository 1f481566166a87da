"""Vectors made in a second process are those made here, and its failing changes nothing."""

import time

import numpy as np
import pytest

from embed import open_encoder
from embed.beside import EncodingProcess
from index.encoding import MANY_TEXTS, Encoding

TEXTS = [f"第{number}项新建水渠长度" for number in range(MANY_TEXTS)]


@pytest.fixture
def beside() -> EncodingProcess:
    found = EncodingProcess.start(open_encoder())
    if found is None:
        pytest.skip("one processor only: no second process is started here")
    return found


@pytest.mark.parametrize("left_to_the_other", [0, 1000])
def test_both_processes_give_the_same(
    beside: EncodingProcess, left_to_the_other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoding._NOT_WORTH_A_SHARE", left_to_the_other)
    encoder = open_encoder()
    with beside:
        shared = Encoding(encoder, {}, beside=beside)
        shared.begin(TEXTS)
        while not beside.came():  # so that some are of either process
            time.sleep(0.01)
        found = shared(TEXTS)
    assert shared.used == MANY_TEXTS
    np.testing.assert_allclose(found, Encoding(encoder, {})(TEXTS), atol=1e-6)


def test_a_process_that_died_is_made_good(beside: EncodingProcess) -> None:
    encoder = open_encoder()
    with beside:
        beside._process.kill()
        shared = Encoding(encoder, {}, beside=beside)
        shared.begin(TEXTS)
        np.testing.assert_allclose(shared(TEXTS), Encoding(encoder, {})(TEXTS), atol=1e-6)


def test_few_texts_are_not_sent(beside: EncodingProcess) -> None:
    with beside:
        shared = Encoding(open_encoder(), {}, beside=beside)
        shared.begin(TEXTS[:10])
        assert shared(TEXTS[:10]).shape == (10, shared._encoder.dim)
        assert beside._process.poll() is None  # still waiting for its texts


def test_nothing_runs_on_after_the_build(beside: EncodingProcess) -> None:
    with beside:
        pass
    assert beside._process.poll() is not None
