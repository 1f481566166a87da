"""The documents of the corpus, listed once after each change and shared by all users."""

import streamlit as st

from corpus.store.stored import SkippedFile, StoredDocument
from service.home import Home
from service.overview import stamp


def documents_of(home: Home) -> tuple[StoredDocument, ...]:
    """All documents, by name.

    :raises HomeError: the corpus cannot be read.
    """
    return _documents(home, str(home.path), stamp(home))


def skipped_of(home: Home) -> tuple[SkippedFile, ...]:
    """All files that could not be read, by path.

    :raises HomeError: the corpus cannot be read.
    """
    return _skipped(home, str(home.path), stamp(home))


@st.cache_resource(max_entries=2, show_spinner=False)
def _documents(_home: Home, path: str, stamp: str) -> tuple[StoredDocument, ...]:
    with _home.store() as store:
        return tuple(store.documents())


@st.cache_resource(max_entries=2, show_spinner=False)
def _skipped(_home: Home, path: str, stamp: str) -> tuple[SkippedFile, ...]:
    with _home.store() as store:
        return tuple(store.skipped())
