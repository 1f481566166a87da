"""Damaged example documents: some hundred of the many that `duibiao bench fuzz` reads."""

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.parse import parse_bytes
from corpus.store.content import Content
from errors import InputError

fuzz = importlib.import_module("eval.fuzz")
mutations = importlib.import_module("eval.mutations")
EXAMPLES = fuzz.examples()
QUICK = tuple(example for example in EXAMPLES if example.kind != "pdf")


def test_examples_are_of_every_kind_and_read() -> None:
    assert {example.kind for example in EXAMPLES} == set(fuzz.WEIGHTS)
    for example in EXAMPLES:
        fuzz._read(example, example.data)


def test_a_number_makes_the_same_input_again() -> None:
    first = [fuzz.make_input(number, 7, EXAMPLES)[1] for number in range(60)]
    again = [fuzz.make_input(number, 7, EXAMPLES)[1] for number in range(60)]
    assert first == again
    assert first != [fuzz.make_input(number, 8, EXAMPLES)[1] for number in range(60)]


def test_damaged_documents_give_records_or_our_own_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIBIAO_SOFFICE", "")
    outcomes = [fuzz._try(number, 3, QUICK) for number in range(500)]
    failed = [outcome for outcome in outcomes if outcome.result == "failed"]
    assert failed == []
    results = {outcome.result for outcome in outcomes}
    assert results == {"read", "refused"}


@settings(max_examples=100)
@given(st.data())
def test_splices_of_two_documents(data: st.DataObject) -> None:
    one, two = data.draw(st.sampled_from(QUICK)), data.draw(st.sampled_from(QUICK))
    start = data.draw(st.integers(0, len(one.data)))
    end = data.draw(st.integers(0, len(two.data)))
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DUIBIAO_SOFFICE", "")
            parsed = parse_bytes(one.data[:start] + two.data[end:], "a.csv")
        Content.of("0" * 64, parsed)
    except InputError as error:
        assert "\n" not in str(error)


def test_failures_are_found_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(example: object, data: bytes) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(fuzz, "_read", fails)
    outcomes = [fuzz._try(number, 1, QUICK) for number in range(3)]
    report = fuzz._report(outcomes, 1, 1.0)
    assert report.failures == 3
    assert [failure.error for failure in report.found] == ["ZeroDivisionError: x"] * 3


def test_children_read_all_inputs_and_a_death_costs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    report = fuzz.fuzz(30, seed=2, processes=2)
    assert (report.inputs, report.failures) == (30, 0)
    assert sum(line.inputs for line in report.lines) == 30
    # a limit so short that every child is ended before its first answer
    monkeypatch.setattr(fuzz, "_HANGS_AFTER", 0.01)
    report = fuzz.fuzz(2, seed=2, processes=1)
    assert (report.inputs, report.failures) == (2, 2)
    assert "hung or died" in report.found[0].error
