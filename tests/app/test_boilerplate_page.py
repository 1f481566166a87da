"""套话 and 培训 on a real home of invented counties."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.specimens.disclosures import disclosures
from peers.boilerplate.records import Kind
from service.cluster_records import ClustersRequest
from service.cluster_texts import to_csv
from service.clusters import clusters, members
from service.home import Home
from service.refresh import ingest
from tests.app.shown import quick_tables, tables

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the first documents of the invented counties."""
    folder = tmp_path_factory.mktemp("counties")
    for document in islice(disclosures(1), 60):
        path = folder / "documents" / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.data)
    home = Home.open(folder / "home", create=True)
    ingest(home, [folder / "documents"])
    return home.path


def page_text(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.error, *app.success]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def test_families_are_listed_with_their_slots_marked(open_app: Open, counties: Path) -> None:
    app = open_app(counties, "boilerplate")
    app.segmented_control(key="families_kind").set_value(Kind.DESCRIPTION).run()
    assert not app.exception
    listed = tables(app)["套话家族"]
    family = clusters(
        Home.open(counties), ClustersRequest(Kind.DESCRIPTION, min_units=2, standard=False)
    ).clusters[0]
    assert listed["编号"][0] == f"说明{int(family.id.rpartition('-')[2])}"
    templates = quick_tables(app)["套话家族"]["columns"][1]["cells"]
    assert any(part[0].startswith("〈") and part[1] == "orange" for part in templates[0])
    assert listed["单位（个）"][0] == str(family.units)


def test_every_member_of_a_family_is_shown_and_exported(open_app: Open, counties: Path) -> None:
    app = open_app(counties, "boilerplate")
    app.segmented_control(key="families_kind").set_value(Kind.DESCRIPTION).run()
    chosen = str(app.selectbox(key="families_chosen_description").value)
    answer = members(Home.open(counties), chosen)
    units = []
    for page in range(1, -(-answer.cluster.size // 50) + 1):
        app.query_params["members"] = str(page)
        units += list(tables(app.run())["一族的全部成员"]["单位"])
    assert units == [one.unit for one in answer.members]
    assert len(units) == answer.cluster.size
    assert len(to_csv(answer).decode("utf-8-sig").splitlines()) == answer.cluster.size + 2


def test_a_document_is_shown_with_its_boilerplate_shaded(open_app: Open, counties: Path) -> None:
    app = open_app(counties, "boilerplate")
    app.segmented_control(key="boilerplate_view").set_value("看一份文件").run()
    assert app.query_params["view"] == "看一份文件"
    cells = [str(cell) for table in app.table for row in table.value.values for cell in row]
    shown = page_text(app) + "".join(cells)
    assert "-background[" in shown
    assert app.selectbox(key="shaded_document").value


def test_pairs_gallery_quiz_and_sheet(open_app: Open, counties: Path) -> None:
    app = open_app(counties, "training")
    app.selectbox(key="training_department").set_value("全部").run()
    assert not app.exception
    shown = page_text(app)
    assert ":red-badge[弱]" in shown and ":green-badge[好]" in shown
    app.segmented_control(key="training_lesson").set_value("小测").run()
    assert "哪一条写得弱" in page_text(app)
    app.segmented_control(key="training_lesson").set_value("打印").run()
    assert app.number_input(key="sheet").value


def test_the_quiz_tells_right_from_wrong_with_the_rule(open_app: Open, counties: Path) -> None:
    app = open_app(counties, "training")
    app.selectbox(key="training_department").set_value("全部").run()
    app.segmented_control(key="training_lesson").set_value("小测").run()
    assert all(text.startswith("说明：") for text in app.radio(key="quiz_1_1_row").proto.captions)
    app.radio(key="quiz_1_1_row").set_value(0)
    app.radio(key="quiz_1_1_why").set_value(0).run()
    answers = [*app.success, *app.error]
    assert len(answers) == 1
    assert "依据：" in str(answers[0].value)
    assert f"已答 1 题，答对 {len(app.success)} 题" in page_text(app)


def test_a_home_without_boilerplate_says_so(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "boilerplate")
    app.segmented_control(key="families_kind").set_value(Kind.TABLE).run()
    assert not app.exception
    assert "没有" in page_text(app)
