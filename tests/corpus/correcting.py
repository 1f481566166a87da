"""Tables to correct, and what a store says of them."""

import hashlib
from dataclasses import replace

from corpus.records import (
    Document,
    Indicator,
    Parsed,
    Project,
    Source,
)
from corpus.store.store import Store
from corpus.store.stored import StoredCorrection
from corpus.values import parse_value

PATH = "/docs/a.txt"


def rows(*texts: str) -> tuple[Indicator, ...]:
    """Rows written name=value, as they stand in lines 11, 12, ..."""
    pairs = [text.partition("=")[::2] for text in texts]
    return tuple(
        Indicator(name, parse_value(raw), source=Source("a.txt", "", line))
        for line, (name, raw) in enumerate(pairs, start=11)
    )


def project(*texts: str, name: str = "公众号运维", **head: object) -> Project:
    found = Project(
        "某县融媒体中心", "425001", name, "1307", 2023, indicators=rows(*texts),
        source=Source("a.txt", "", 3),
    )  # fmt: skip
    return replace(found, **head)  # type: ignore[arg-type]


def document(*projects: Project, data: str = "one", path: str = PATH) -> Document:
    digest = hashlib.sha256(data.encode()).hexdigest()
    return Document(digest, "a.txt", path, 3, "2024", Parsed(projects))


TABLE = ("粉丝量=5万人", "编发数=240期", "及时率=95%", "满意度=90%")
READ = document(project(*TABLE))


def ids(store: Store) -> dict[str, str]:
    """Ids of all active indicators by name."""
    return {row.indicator.name: row.id for row in store.indicators()}


def values(store: Store) -> dict[str, str]:
    return {row.indicator.name: row.indicator.value.raw for row in store.indicators()}


def correct(store: Store, record: str, **texts: str) -> tuple[int, ...]:
    return store.correct(store.place_of(record), texts, "2024-01-01")


def only(store: Store) -> StoredCorrection:
    (found,) = store.corrections()
    return found
