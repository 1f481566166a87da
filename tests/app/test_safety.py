"""Nothing that stands in a document decorates, links or runs on any page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from service import drafts
from service.home import Home
from service.refresh import ingest
from tests.app.hostile import NAMES, write

Open = Callable[..., AppTest]

PAGES = "home search suggest draft review compare boilerplate training corpus about".split()
# Every one of them would be more than text where Markdown is read.
MARKUP = (
    *(
        "<img",
        "<script",
        "<svg",
        "<b ",
        "<em>",
        "](javascript",
        "![图]",
        r"$\frac",
        ":material/skull",
    ),
    *(
        ":red[红",
        ":rainbow[",
        ":blue[经",
        ":green[≥10盏",
        "**粗字",
        "~~删字",
        "`码字",
        "http://203",
    ),
    *("&lt;b", "$x^2"),
)
READS_MARKDOWN = (
    *("markdown", "caption", "header", "subheader", "title", "info", "error", "warning", "success"),
    *("button", "metric", "expander", "toast"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds nothing but hostile documents."""
    folder = tmp_path_factory.mktemp("hostile")
    home = Home.open(folder / "home", create=True)
    report = ingest(home, write(folder / "documents"))
    assert report.indicators == 2 * len(NAMES)
    return home.path


def read_as_markdown(app: AppTest) -> Iterator[str]:
    """All texts of a page that the browser reads as Markdown."""
    for kind in READS_MARKDOWN:
        for element in app.get(kind):
            for field in ("value", "label", "help", "body"):
                yield str(getattr(element, field, "") or "")
    for radio in (*app.radio, *app.get("button_group")):
        yield from map(str, getattr(radio, "options", ()))
    for table in app.table:
        yield from map(str, table.value.columns)
        for cells in table.value.values:
            yield from map(str, cells)


def assert_plain(app: AppTest) -> None:
    assert not app.exception
    for text in read_as_markdown(app):
        for mark in MARKUP:
            at = text.find(mark)
            assert at < 0 or text[at - 1 : at] == "\\", f"{mark!r} is read as Markdown in {text!r}"


@pytest.mark.parametrize("name", PAGES)
def test_every_page(open_app: Open, hostile: Path, name: str) -> None:
    assert_plain(open_app(hostile, name))


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("search", {"q": "粉丝数量"}),
        ("search", {"q": "宣传", "scope": "project"}),
        ("suggest", {"name": "群众满意度"}),
        ("suggest", {"mode": "table", "project": "宣传培训经费"}),
        ("compare", {"q": "宣传培训"}),
        ("boilerplate", {"kind": "description"}),
        ("boilerplate", {"view": "看一份文件"}),
        ("boilerplate", {"view": "雷同的表"}),
        ("training", {"lesson": "范例"}),
        ("training", {"lesson": "小测"}),
        ("corpus", {"list": "projects"}),
        ("corpus", {"list": "units"}),
    ],
)
def test_every_state(
    open_app: Open, hostile: Path, name: str, params: dict[str, str | list[str]]
) -> None:
    assert_plain(open_app(hostile, name, **params))


def test_the_panel_and_the_form_of_a_row(open_app: Open, hostile: Path) -> None:
    with Home.open(hostile).store() as store:
        ids = [one.id for one in store.indicators()]
    for place in (0, 3, 5):
        assert_plain(open_app(hostile, "search", open=ids[place]))
        assert_plain(open_app(hostile, "corpus", record=ids[place]))


def test_a_draft_of_hostile_rows(open_app: Open, hostile: Path) -> None:
    home = Home.open(hostile)
    with home.store() as store:
        ids = [one.id for one in store.indicators()]
    draft, added = drafts.add(home, drafts.create(home).token, drafts.rows_of(home, ids))
    assert added == len(draft.rows) > 0
    assert_plain(open_app(hostile, "draft", draft=draft.token))
    # another user, who does not know the token, sees nothing of it
    assert not [one for one in open_app(hostile, "draft").get("dataframe")]
