"""The data folder and the search session that the pages share."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from errors import HomeGoneError, HomeMissingError, IndexMissingError
from service.home import Home, default_home

if TYPE_CHECKING:  # the first page is shown before anybody searches
    from service.clusters import ClusterReader
    from service.search import Session

_SAMPLES = "look_at_samples"
_OPENING = Lock()
_AHEAD: dict[str, "Session"] = {}
_MET: set[Path] = set()


def open_home() -> Home:
    """The data folder of this installation; the sample documents where there is none yet.

    :raises HomeGoneError: it was there since the program started.
    :raises HomeError: it cannot be read, or the samples cannot be written.
    """
    path = default_home()
    try:
        home = Home.open(path)
    except HomeMissingError:
        _refuse_gone(path)
        return _sample_home(str(path))
    _MET.add(path)
    if st.session_state.get(_SAMPLES) and _is_empty(home):
        return _sample_home(str(path))
    return home


def look_at_samples() -> None:
    """Show this user the samples for as long as the own data folder is empty. For callbacks."""
    st.session_state[_SAMPLES] = True


def own_home() -> Home:
    """The data folder of this installation, made where there is none.

    Uploads go here and never into the samples.

    :raises HomeGoneError: it was there since the program started.
    :raises HomeUnwritableError: no right or no room to write.
    """
    path = default_home()
    if not path.exists():
        _refuse_gone(path)
    return Home.open(path, create=True)


def _refuse_gone(path: Path) -> None:
    """Invented units must not stand where those of the user stood, nor a new corpus begin."""
    if path in _MET:
        raise HomeGoneError(
            f"home: expected the data folder at {path}, which was there, found none; "
            "cure: connect its drive again, or restart the program"
        )


def open_session(home: Home) -> "Session":
    """The session on the newest index of a home; all pages and users share it.

    :raises HomeMissingError: nothing was ingested yet.
    :raises SearchIndexError: the index is missing, damaged or of another model.
    :raises StoreError: the corpus cannot be read.
    """
    try:
        return _session(str(home.path))
    except IndexMissingError:
        with home.store() as store:
            if not store.stats().documents:
                raise HomeMissingError(f"home {home.path}: nothing was ingested yet") from None
        raise


def open_ahead(home: Home) -> "Session":
    """Open the session before anybody asks for it; who asks meanwhile waits for this.

    :raises HomeError: as `open_session`.
    """
    from service.search import Session

    with _OPENING:
        session = _AHEAD[str(home.path)] = Session.open(home)
    return session


def open_clusters(home: Home) -> "ClusterReader":
    """The boilerplate of the newest index of a home; all pages and users share it.

    :raises SearchIndexError: the index is missing or damaged.
    """
    return _clusters(str(home.path))


def original(home: Home, document_id: str) -> Path | None:
    """The file of a document as it was published; None where it is not kept."""
    path = home.files_dir / document_id[:2] / document_id
    return path if path.is_file() else None


def _is_empty(home: Home) -> bool:
    with home.store() as store:
        return next(store.documents(), None) is None


@st.cache_resource(max_entries=1, show_spinner="正在准备示例数据…")
def _sample_home(instead_of: str) -> Home:
    from service.samples import ensure_samples

    return ensure_samples()


@st.cache_resource(
    max_entries=2,
    validate=lambda session: not session.is_stale(),
    on_release=lambda session: session.close(),
    show_spinner="正在打开检索索引…",
)
def _session(path: str) -> "Session":
    from service.search import Session

    with _OPENING:
        ready = _AHEAD.pop(path, None)
    if ready is not None:
        if not ready.is_stale():
            return ready
        ready.close()
    return Session.open(Home.open(Path(path)))


@st.cache_resource(
    max_entries=2,
    validate=lambda reader: not reader.is_stale(),
    show_spinner="正在打开套话…",
)
def _clusters(path: str) -> "ClusterReader":
    from service.clusters import ClusterReader

    return ClusterReader.open(Home.open(Path(path)))
