"""Values and tables from peers, over an open session."""

from types import TracebackType
from typing import Self

from peers.records import Draft, Suggested
from peers.retrieve import Corpus
from peers.suggest import suggest
from service.home import Home
from service.search import Session


class Advisor:
    """Answers drafts from one session and the store beside it; use `with` or `close`."""

    def __init__(self, home: Home, session: Session) -> None:
        self._store = home.store()
        self._corpus = Corpus(session.search, self._store.indicators_at, self._store.stated)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; the session stays open."""
        self._store.close()

    def suggest(self, draft: Draft) -> Suggested:
        """A value for an indicator, or why there is none.

        :raises UsageError: the draft has no name, or a condition cannot be.
        :raises StoreError: the corpus cannot be read.
        """
        return suggest(draft, self._corpus)
