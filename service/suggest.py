"""Values and tables from peers, over an open session."""

from peers.drafting import draft_table
from peers.estimate import Estimate, estimate
from peers.records import Draft, Suggested
from peers.remembered import remembering, remembering_rows
from peers.retrieve import Corpus, find
from peers.suggest import suggest
from peers.tables import DraftTable, ProjectDraft
from peers.votes import votes_of
from service.held import Held
from service.home import Home
from service.search import Session
from text.hollow_names import is_hollow


class Advisor(Held):
    """Answers drafts from one session, which stays open, and the store beside it."""

    def __init__(self, home: Home, session: Session) -> None:
        super().__init__()
        self._store = self._held.enter_context(home.store())
        self._corpus = Corpus(
            remembering(session.search),
            remembering_rows(self._store.indicators_at),
            self._store.stated,
        )

    def estimate(self, draft: Draft) -> Estimate | None:
        """As `suggest`, the value and what it rests on alone: no siblings, no wordings.

        None for a name that says nothing measurable, which no peer can help.
        """
        if is_hollow(draft.name) and (not draft.description or is_hollow(draft.description)):
            return None
        found = find(draft, self._corpus)
        votes = votes_of(found.peers, self._corpus.tables)
        return estimate(draft, [one for one in votes if one.quantity is not None and one.fits])

    def suggest(self, draft: Draft) -> Suggested:
        """A value for an indicator, or why there is none.

        :raises UsageError: the draft has no name, or a condition cannot be.
        :raises StoreError: the corpus cannot be read.
        """
        return suggest(draft, self._corpus)

    def draft(self, project: ProjectDraft) -> DraftTable:
        """A whole table from similar projects.

        :raises UsageError: the project has no name, or a condition cannot be.
        :raises StoreError: the corpus cannot be read.
        """
        return draft_table(project, self._corpus, self._store.project)
