"""The tables on a page as a test reads them."""

import json
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest


def quick_tables(app: AppTest) -> dict[str, dict[str, Any]]:
    """What each `app_pages.quick_table` shows, by what it is called."""
    shown = (json.loads(json.loads(one.proto.json)["shown"]) for one in app.get("bidi_component"))
    return {one["alt"]: one for one in shown if "alt" in one}


def hits(app: AppTest) -> list[dict[str, Any]]:
    """The hits that `app_pages.hits` shows."""
    shown = (json.loads(json.loads(one.proto.json)["shown"]) for one in app.get("bidi_component"))
    return [hit for one in shown if "hits" in one for hit in one["hits"]]


def see(app: AppTest, record: str) -> None:
    """Open the panel of a record, as a click on its hit does."""
    app.query_params["open"] = record
    app.run()


def take(app: AppTest, record: str = "") -> str:
    """Take a hit (the first) into the draft, by its panel; gives its id."""
    record = record or str(hits(app)[0]["id"])
    see(app, record)
    app.button(key="panel_take_chosen").click().run()
    return record


def figures(app: AppTest) -> dict[str, str]:
    """What `app_pages.figures` shows, by what it is called."""
    shown = (json.loads(json.loads(one.proto.json)["shown"]) for one in app.get("bidi_component"))
    return {one["name"]: one["figure"] for told in shown if isinstance(told, list) for one in told}


def tables(app: AppTest) -> dict[str, pd.DataFrame]:
    """The texts of all tables, by what they are called; escapes of Markdown taken off."""
    plain = {one.proto.alt: one.value.map(_unescaped) for one in app.table}
    quick = {
        alt: pd.DataFrame({one["name"]: list(map(text, one["cells"])) for one in table["columns"]})
        for alt, table in quick_tables(app).items()
    }
    return plain | quick


def rows(app: AppTest, title: str) -> list[dict[str, str]]:
    """The rows of the table that is called so."""
    return [
        {str(k): str(v) for k, v in row.items()} for row in tables(app)[title].to_dict("records")
    ]


def text(cell: str | list[list[str]]) -> str:
    """What a cell says."""
    return cell if isinstance(cell, str) else "".join(part[0] for part in cell)


def _unescaped(cell: object) -> str:
    return str(cell).replace("\\", "")
