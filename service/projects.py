"""Projects like one, and projects side by side: of the corpus, or from a file beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.parse import read_document
from corpus.records import Indicator, Project
from corpus.store.stored import StoredProject
from errors import InputError, NoTableError, UsageError
from index.results import Scope, SearchRequest
from peers.alignment import Profile, profile_of, profiles_of
from peers.candidates import Candidates
from peers.compare import Comparison, compare
from peers.similar import SimilarProject, most_similar
from service.held import Held
from service.home import Home
from service.search import Session
from text.normalise import fold

TOP = 10
PEERS = 10
"""Similar projects against which the coverage of groups is shown."""

_LIKE = 0.45
_NAMED = 5
_CACHED = 4096


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """Projects like the one asked for, the best first."""

    project: str
    unit: str
    hits: tuple[SimilarProject, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A project to be compared: its id where it is of the corpus, "" where it is from a file.

    `rows` are the ids of its indicators, none where it is from a file.
    """

    id: str
    project: Project
    rows: tuple[str, ...] = ()

    def record_of(self, row: Indicator) -> str:
        """The id of one of its indicators, "" where it is from a file."""
        own = zip(self.rows, self.project.indicators, strict=False)
        return next((record for record, one in own if one == row), "")


class Projects(Held):
    """Compares projects over one session, which stays open, and the store beside it.

    Profiles are kept, so that a folder of drafts does not encode its peers again and again.
    """

    def __init__(self, home: Home, session: Session) -> None:
        super().__init__()
        self._session = session
        self._store = self._held.enter_context(home.store())
        self._candidates = Candidates(session.search)
        self._profiles: dict[str, tuple[StoredProject, Profile]] = {}

    def subject(self, named: str) -> Subject:
        """A project of the corpus by its id, or by its name where only one has it.

        :raises UsageError: there is none, or several; the message names what there is.
        """
        stored = {one.id: one for one in self._store.projects((named,))}
        if stored:
            return _subject(stored[named])
        hits = self._session.search(SearchRequest(named, Scope.PROJECT, 50)).hits
        ids = {own for hit in hits for own in (hit.project_id, *hit.members)}
        found = [
            one
            for one in self._store.projects(ids)
            if fold(named) in (fold(one.project.name), fold(one.project.unit + one.project.name))
        ]
        if len(found) == 1:
            return _subject(found[0])
        if found:
            listed = "; ".join(f"{one.id} {one.project.unit}" for one in found[:_NAMED])
            raise UsageError(
                f"expected one project, found {len(found)} named {named!r}: give an id ({listed})"
            )
        near = "; ".join(f"{hit.project_id} {hit.project}" for hit in hits[:_NAMED])
        raise UsageError(
            f"expected the id or name of a project, found {named!r}; near it: {near or 'none'}"
        )

    def profile(self, subject: Subject) -> Profile:
        """A subject made comparable."""
        if subject.id in self._profiles:
            return self._profiles[subject.id][1]
        return profile_of(subject.project, self._session.encoder)

    def similar(self, subject: Subject, top: int = TOP) -> SimilarAnswer:
        """Projects like this one.

        :raises UsageError: `top` is below 1.
        """
        if top < 1:
            raise UsageError(f"top expects a number from 1, found {top}")
        asked = self.profile(subject)
        hits = most_similar(asked, self.like(asked, subject.id), top)
        return SimilarAnswer(subject.project.name, subject.project.unit, hits)

    def like(self, asked: Profile, own_id: str = "") -> tuple[tuple[StoredProject, Profile], ...]:
        """Projects of the corpus that may be like this one, with their profiles; not ranked."""
        ids = self._candidates.of(asked, own_id)
        new = [own for own in ids if own not in self._profiles]
        if len(self._profiles) > _CACHED:
            self._profiles.clear()
            new = list(ids)
        found = tuple(self._store.projects(new)) if new else ()
        profiles = profiles_of([stored.project for stored in found], self._session.encoder)
        for stored, profile in zip(found, profiles, strict=True):
            self._profiles[stored.id] = (stored, profile)
        return tuple(self._profiles[own] for own in ids if own in self._profiles)

    def peers_of(self, asked: Profile, own_id: str = "") -> tuple[Project, ...]:
        """The projects most like this one, as far as they are really alike."""
        near = self.like(asked, own_id)
        projects = {stored.id: stored.project for stored, _ in near}
        hits = most_similar(asked, near, PEERS)
        return tuple(projects[hit.id] for hit in hits if hit.score >= _LIKE)

    def compare(self, subjects: Sequence[Subject]) -> Comparison:
        """Lay projects side by side; coverage is shown against projects like the first.

        :raises UsageError: fewer than two were given.
        """
        if len(subjects) < 2:
            raise UsageError(f"compare: expected two projects or more, found {len(subjects)}")
        profiles = [self.profile(subject) for subject in subjects]
        peers = self.peers_of(profiles[0], subjects[0].id)
        mine = [subject.project for subject in subjects]
        return compare(profiles, [peer for peer in peers if peer not in mine])


def _subject(stored: StoredProject) -> Subject:
    return Subject(stored.id, stored.project, stored.indicator_ids)


def subjects_in(path: Path) -> tuple[Subject, ...]:
    """The projects of a file, which is read and not stored.

    :raises UsageError: there is no such file, it cannot be read, or no project is in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"expected a readable file, found {path}: {error.strerror or error}"
        ) from None
    try:
        return subjects_of(data, path.name)
    except InputError as error:
        raise UsageError(f"{path.name}: {error}") from error


def subjects_of(data: bytes, name: str) -> tuple[Subject, ...]:
    """The projects of a document at hand (an upload).

    :raises InputError: it cannot be read, or no table of indicators is in it.
    """
    parsed = read_document(data, name)
    found = tuple(Subject("", project) for project in parsed.projects if project.indicators)
    if not found:
        raise NoTableError("expected a table of indicators, found none")
    return found
