"""What the product says of itself is what its files say."""

import json
import re

from embed import open_encoder
from embed.open import DEFAULT_MODEL
from service.about import model_card, programs


def test_the_card_is_read_from_the_model() -> None:
    card = model_card()
    assert card.model_id == open_encoder().model_id
    training = json.loads((DEFAULT_MODEL / "training.json").read_text("utf-8"))
    assert card.dim == training["kept"]
    assert {*card.texts, *card.pairs} == {*training["texts"], *training["pairs"]}
    shown = (DEFAULT_MODEL / "README.md").read_text("utf-8")
    own = [one for one in card.quality if one.own]
    assert len(own) == 2
    for one in card.quality:
        line = next(line for line in shown.splitlines() if one.system in line and "| ." in line)
        for figure in one.figures.values():
            assert re.fullmatch(r"\.\d{3}", figure) and figure in line


def test_programs_carry_versions_and_licences() -> None:
    found = {one.name: one for one in programs()}
    assert {"duibiao", "Python", "streamlit", "torch", "faiss-cpu", "jieba"} <= found.keys()
    assert all(one.version and one.licence for one in found.values() if one.version)
    assert found["duibiao"].licence == "Apache-2.0"
