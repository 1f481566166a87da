"""How a row becomes weak, as it is met in real tables; each way has the number of its rule."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from corpus.specimens.entries import Entry
from corpus.specimens.wording import SLOGANS
from knowledge.concepts import Concept, MeasureClass, Polarity

Flaw = Callable[[Entry, Random], Entry]


def spoilt(entry: Entry, concept: Concept, rng: Random) -> tuple[Entry, str]:
    """The row made weak in one of the ways that fit it, and the number of the rule it breaks."""
    rule = rng.choice(_fitting(entry, concept))
    return _WAYS[rule](entry, rng), rule


def echo(entry: Entry, rng: Random) -> Entry:
    """The value repeats the name (V01)."""
    return _said(entry, entry.name)


def _fitting(entry: Entry, concept: Concept) -> list[str]:
    rules = ["V01", "V01", "V02", "V03", "V03", "N02"]
    kind = concept.measure_class
    whole = kind is MeasureClass.SHARE and entry.measure == "%"
    if whole and entry.sign == "≥":
        rules += ["V05", "V04"]
    if entry.level2 == "服务对象满意度":
        rules += ["V06"]
    if concept.polarity is Polarity.LOWER and entry.sign == "≤":
        rules += ["V07", "V07"]
    if entry.level2 == "数量" and kind is not MeasureClass.SHARE:
        rules += ["T01", "N03"]
    if entry.level2 == "成本":
        rules += ["T02", "T02"]
    if entry.level2 == "时效":
        rules += ["T06", "T06"]
    return rules


def _said(entry: Entry, words: str) -> Entry:
    return replace(entry, sign="", amount=words, measure="")


def _valued(entry: Entry, sign: str, amount: str, measure: str = "%") -> Entry:
    return replace(entry, sign=sign, amount=amount, measure=measure)


def _number_in_name(entry: Entry, rng: Random) -> Entry:
    name = f"{entry.name}{entry.amount}{entry.measure}"
    return _valued(replace(entry, name=name), "=", "100")


_WAYS: dict[str, Flaw] = {
    "V01": echo,
    "V02": lambda entry, rng: _said(entry, rng.choice(("待定", "/", "**"))),
    "V03": lambda entry, rng: _said(entry, rng.choice(SLOGANS)),
    "V04": lambda entry, rng: _valued(entry, entry.sign, entry.amount, "%%"),
    "V05": lambda entry, rng: _valued(entry, "≥", "100"),
    "V06": lambda entry, rng: _valued(entry, "≥", rng.choice(("110", "120", "150"))),
    "V07": lambda entry, rng: replace(entry, sign="≥"),
    "T01": lambda entry, rng: _valued(entry, "≥", "95"),
    "T02": lambda entry, rng: _said(entry, rng.choice(("控制在预算内", "严格控制成本"))),
    "T06": lambda entry, rng: rng.choice((_valued(entry, "≤", "12", "月"), _said(entry, "及时"))),
    "N02": lambda entry, rng: replace(entry, description=entry.name),
    "N03": _number_in_name,
}
