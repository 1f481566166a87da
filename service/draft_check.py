"""Judging a draft while it is written: the rules of `check`, with peers asked only what is new.

What peers said of a row is kept by what the row says, so that a change of one row asks for that
row alone; a draft that did not change is not judged again.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from corpus.records import Indicator, Level1, Level2, Project
from embed import open_encoder
from quality.check import check_project
from quality.context import PeerAnswers, PeerHabit, PeerValues, Twin
from quality.findings import PeerExample, ProjectReview
from quality.lookup import ConceptLookup
from service.home import Home
from service.peer_answers import CorpusAnswers
from service.projects import Projects
from service.search import Session
from service.suggest import Advisor

T = TypeVar("T")

_KEPT = 20_000
_REVIEWS = 64
_HEADS = 8  # drafts that are being written at once
_GROUPS: tuple[tuple[Level2, Level1], ...] = (
    (Level2.QUANTITY, Level1.OUTPUT),
    (Level2.QUALITY, Level1.OUTPUT),
    (Level2.TIMELINESS, Level1.OUTPUT),
    (Level2.COST, Level1.COST),
    (Level2.ECONOMIC, Level1.BENEFIT),
    (Level2.SOCIAL, Level1.BENEFIT),
    (Level2.ECOLOGICAL, Level1.BENEFIT),
    (Level2.SUSTAINABLE, Level1.BENEFIT),
    (Level2.SATISFACTION, Level1.SATISFACTION),
)
_AS_COST = frozenset((Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST))


@dataclass(frozen=True, slots=True)
class GroupRows:
    """An official group and how many rows of a draft stand in it."""

    level1: Level1
    level2: Level2
    rows: int


def coverage_of(project: Project) -> tuple[GroupRows, ...]:
    """The official groups in the order of the forms; all costs count as one."""
    levels = [Level2.COST if row.level2 in _AS_COST else row.level2 for row in project.indicators]
    return tuple(GroupRows(level1, level2, levels.count(level2)) for level2, level1 in _GROUPS)


class DraftChecker:
    """Judges drafts over one session, one after the other; without a session by the rules alone.

    Use `close` at the end; the session stays open.
    """

    def __init__(self, home: Home, session: Session | None) -> None:
        self._home = home
        self._session = session
        self._lookup = ConceptLookup(session.encoder if session else open_encoder())
        self._kept: dict[Hashable, object] = {}
        self._reviews: dict[Project, ProjectReview] = {}
        self._held = ExitStack()
        self._opened: tuple[Projects, Advisor] | None = None
        self._peers: dict[Hashable, CorpusAnswers] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Close what was opened to ask peers; a later check opens it again."""
        with self._lock:
            self._forget()

    def check(self, project: Project) -> ProjectReview:
        """What the rules say of a draft, as `check` says it of a document.

        :raises StoreError: the corpus cannot be read.
        """
        with self._lock:
            found = self._reviews.get(project)
            if found is None:
                found = self._judged(project)
                if len(self._reviews) >= _REVIEWS:
                    self._reviews.pop(next(iter(self._reviews)))
                self._reviews[project] = found
            return found

    def _judged(self, project: Project) -> ProjectReview:
        if self._session is None:
            return check_project(project, self._lookup)
        if len(self._kept) >= _KEPT:
            self._forget()
        if self._opened is None:
            projects = self._held.enter_context(Projects(self._home, self._session))
            advisor = self._held.enter_context(Advisor(self._home, self._session))
            self._opened = (projects, advisor)
        head = _head(project)
        peers = self._peers.pop(head, None)
        if peers is None:  # what it remembers holds for drafts of one head
            peers = CorpusAnswers(self._session, *self._opened, self._lookup)
        if len(self._peers) >= _HEADS:
            self._peers.pop(next(iter(self._peers)))
        self._peers[head] = peers
        return check_project(project, self._lookup, peers=_KeptAnswers(self._kept, peers))

    def _forget(self) -> None:
        self._kept.clear()
        self._peers.clear()
        self._opened = None
        self._held.close()


class _KeptAnswers:
    """Answers of peers by what was asked; only what is new is asked for."""

    def __init__(self, kept: dict[Hashable, object], peers: PeerAnswers) -> None:
        self._kept = kept
        self._peers = peers

    def example(self, row: Indicator, project: Project) -> PeerExample | None:
        key = ("example", _meaning(row), _head(project))
        return self._once(key, lambda peers: peers.example(row, project))

    def suggestion(self, row: Indicator, project: Project) -> str:
        key = ("suggestion", _meaning(row), _head(project))
        return self._once(key, lambda peers: peers.suggestion(row, project))

    def values(self, row: Indicator, project: Project) -> PeerValues | None:
        key = ("values", _meaning(row), row.value, _head(project))
        return self._once(key, lambda peers: peers.values(row, project))

    def habits(self, project: Project) -> Sequence[PeerHabit] | None:
        names = tuple(_meaning(row) for row in project.indicators)
        return self._once(("habits", names, _head(project)), lambda peers: peers.habits(project))

    def twin(self, project: Project) -> Twin | None:
        said = tuple((row.name, row.value) for row in project.indicators)
        return self._once(("twin", said, _head(project)), lambda peers: peers.twin(project))

    def _once(self, key: Hashable, ask: Callable[[PeerAnswers], T]) -> T:
        if key not in self._kept:
            self._kept[key] = ask(self._peers)
        return self._kept[key]  # type: ignore[return-value]  # what this key asked for


def _meaning(row: Indicator) -> Hashable:
    return row.name, row.description, row.level2


def _head(project: Project) -> Hashable:
    """What peers are told of a draft besides its rows."""
    return (project.unit, project.name, project.department, project.budget_wan)
