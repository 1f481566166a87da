"""语料: uploads, their results, and what the corpus holds."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.parse import parse_bytes
from service.home import Home
from service.refresh import ingest
from tests.app.shown import figures, hits, rows, see

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
WATER = SAMPLES / "002_A1_shuili.txt"
POLICE = SAMPLES / "004_A1_gongan.txt"

Open = Callable[..., AppTest]


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Choose files, read them in, wait for the end, and draw the page anew."""
    for name, data in files:
        app.file_uploader[0].upload(name, data)
    app.run()
    app.button(key="intake_start").click().run()
    if "intake_work" in app.session_state:
        app.session_state["intake_work"]._future.exception(timeout=60)
        app.run()
    assert not app.exception
    return app


def test_it_shows_what_the_store_holds(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "corpus")
    with Home.open(read_home).store() as store:
        stats, documents = store.stats(), list(store.documents())
    shown = figures(app)
    assert shown["文件（份）"] == str(stats.documents) == "2"
    assert shown["指标（条）"] == str(stats.indicators)
    assert [(row["文件"], row["指标（条）"]) for row in rows(app, "已读入的文件")] == [
        (document.name, str(document.indicators)) for document in documents
    ]


def test_an_upload_is_read_and_counted(open_app: Open, own_copy: Path) -> None:
    app = upload(open_app(own_copy, "corpus"), (POLICE.name, POLICE.read_bytes()))
    assert app.success
    with Home.open(own_copy).store() as store:
        document = next(d for d in store.documents() if d.name == POLICE.name)
    (result,) = rows(app, "读入结果")
    assert result["文件"] == POLICE.name
    assert result["项目（个）"] == str(document.projects)
    assert result["指标（条）"] == str(document.indicators) != "0"
    assert "已读入" in result["结果"]
    assert not app.file_uploader[0].value


def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    open_app: Open, own_copy: Path
) -> None:
    before = {path.name for path in Path(tempfile.gettempdir()).glob("duibiao-upload-*")}
    app = upload(
        open_app(own_copy, "corpus"),
        ("../../空.txt", b""),
        ("x.bin", bytes(range(256)) * 40),
        ("说明.txt", "今天天气很好。".encode()),
    )
    assert app.error[0].value == "没有一份文件读出来。"
    results = {row["文件"]: row["说明"] for row in rows(app, "读入结果")}
    assert "空的" in results["空.txt"]
    assert "不是文字" in results["x.bin"]
    assert "没有找到绩效目标表" in results["说明.txt"]
    with Home.open(own_copy).store() as store:
        assert store.stats().documents == 2
        assert not list(store.skipped())
    assert {p.name for p in Path(tempfile.gettempdir()).glob("duibiao-upload-*")} == before


def test_good_and_bad_together(open_app: Open, own_copy: Path) -> None:
    app = upload(
        open_app(own_copy, "corpus"),
        (POLICE.name, POLICE.read_bytes()),
        (POLICE.name, b""),
        ("again.txt", WATER.read_bytes()),
    )
    assert "2 份文件已读入，1 份没有读出来" in app.warning[0].value
    read, unread, known = (row["结果"] for row in rows(app, "读入结果"))
    assert "已读入" in read
    assert "没有读出" in unread
    assert "语料中已有" in known


def test_the_first_upload_makes_the_home(open_app: Open, sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "data"
    with Home.open(sample_home).store() as store:
        before = store.stats().documents
    app = open_app(home, "corpus")
    assert app.warning
    upload(app, (POLICE.name, POLICE.read_bytes()))
    assert not app.warning
    assert [row["文件"] for row in rows(app, "已读入的文件")] == [POLICE.name]
    with Home.open(sample_home).store() as store:
        assert store.stats().documents == before


def test_a_locked_home_is_told_and_keeps_what_it_has(open_app: Open, own_copy: Path) -> None:
    app = open_app(own_copy, "corpus")
    with Home.open(own_copy).writing("ingest"):
        upload(app, (POLICE.name, POLICE.read_bytes()))
    assert "另一个程序正在写入" in app.error[0].proto.title
    assert len(rows(app, "已读入的文件")) == 2


def test_hostile_text_of_a_document_stays_text(open_app: Open, tmp_path: Path) -> None:
    hostile = "![x](http://example.org/p.png) <img src=x onerror=alert(1)> :red[红] $x$"
    plain = WATER.read_text("utf-8")
    name = parse_bytes(plain.encode(), "a.txt").projects[-1].indicators[0].name
    file = tmp_path / f"{hostile}.txt".replace("/", "")
    file.write_text(plain.replace(name, hostile), "utf-8")
    ingest(Home.open(tmp_path / "home", create=True), [file])
    app = open_app(tmp_path / "home", q=hostile)
    see(app, hits(app)[0]["id"])
    shown = [part.value for part in (*app.markdown, *app.caption)]
    assert any("example" in text for text in shown)
    for text in shown:
        live = re.sub(r"\\.", "", text)  # what is left without escaped characters
        assert not re.search(r"!\[|<|:red|\$", live)
    assert any(row["三级指标"] == f"▶ {hostile}" for row in rows(app, "绩效指标表"))
    assert not any(part.allow_html for part in (*app.markdown, *app.caption))


def test_a_file_that_the_command_line_could_not_read_is_listed(
    open_app: Open, own_copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "坏.txt").write_bytes(b"")
    ingest(Home.open(own_copy), [tmp_path / "坏.txt"])
    app = open_app(own_copy, "corpus")
    (row,) = rows(app, "没有读出的文件")
    assert row["文件"] == "坏.txt"
    assert "空的" in row["原因"]


def test_remarks_of_a_document_can_be_opened(open_app: Open, tmp_path: Path) -> None:
    seeds = Path(__file__).parents[3] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("../shared/seeds is missing: the real documents are not part of the project")
    ingest(Home.open(tmp_path / "home", create=True), [seeds])
    with Home.open(tmp_path / "home").store() as store:
        remarked = [d for d in store.documents() if d.problems or d.notes]
    app = open_app(tmp_path / "home", "corpus")
    labels = [expander.label.replace("\\", "") for expander in app.expander]
    for document in remarked:
        assert any(label.startswith(f"{document.name}：") for label in labels)
    assert remarked
