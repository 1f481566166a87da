"""Boilerplate of the five real documents: what a reviewer sees in them comes out as families."""

from pathlib import Path

import pytest

from corpus.parse import parse_bytes
from corpus.store.stored import StoredProject
from embed.open import open_encoder
from peers.boilerplate.build import Boilerplate, boilerplate_of
from peers.boilerplate.records import Form, Kind

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is missing")


@pytest.fixture(scope="module")
def found() -> Boilerplate:
    projects = [
        StoredProject(f"{document:06x}{number:06x}", project, (), path.name)
        for document, path in enumerate(sorted(SEEDS.glob("*.txt")))
        for number, project in enumerate(parse_bytes(path.read_bytes(), path.name).projects)
    ]
    encoder = open_encoder()
    return boilerplate_of(projects, lambda texts: encoder.encode_documents(list(texts)))


def test_the_tables_of_one_value_and_the_echoing_ones_are_families(found: Boilerplate) -> None:
    tables = [one.family for one in found.families[Kind.TABLE]]
    one_value = next(one for one in tables if "≥95%" in one.template)
    assert one_value.form is Form.ONE_VALUE and one_value.size >= 4
    assert all("乐亭" in count.unit for count in one_value.by_unit)
    echo = next(one for one in tables if one.form is Form.ECHO)
    assert echo.size >= 4
    assert all("承德" in count.unit for count in echo.by_unit)


def test_shared_paragraphs_on_measures_are_families_with_their_units(found: Boilerplate) -> None:
    shared = [one.family for one in found.families[Kind.PARAGRAPH] if one.family.units > 1]
    monitored = next(one for one in shared if "开展绩效运行监控" in one.template)
    units = {count.unit for count in monitored.by_unit}
    assert any("怀来" in unit for unit in units) and any("乐亭" in unit for unit in units)
    assert any(one.template == "加强内部监督" for one in shared)


def test_echo_values_are_one_family(found: Boilerplate) -> None:
    echo = next(one for one in found.families[Kind.VALUE] if one.family.form is Form.ECHO)
    assert echo.family.size > 40
    most = echo.family.by_unit[0]
    assert "承德" in most.unit and most.n > 40
