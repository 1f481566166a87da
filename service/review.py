"""Checking drafts: files in, what the rules say of each project out. Nothing is stored."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.records import Parsed, Project, Remark
from embed import open_encoder
from errors import HomeMissingError, IndexMissingError, InputError
from knowledge.rules import Head, Severity
from quality.check import check_project
from quality.context import PeerAnswers
from quality.findings import Finding, ProjectReview
from quality.lookup import ConceptLookup
from service.held import Held
from service.home import Home
from service.parse import parse_document, parse_files
from service.peer_answers import CorpusAnswers
from service.projects import Projects
from service.search import Session
from service.suggest import Advisor

Progress = Callable[[int, int, str], None]

_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class FileReview:
    """One file: its projects as judged, or why it could not be read (`reason`)."""

    file: str
    projects: tuple[ProjectReview, ...]
    problems: tuple[Remark, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """All files together; `by_rule`, `by_head` and `by_severity` count findings."""

    files: int
    unread: int
    projects: int
    rows: int
    weak_rows: int
    measurable_rows: int
    measurable_share: float | None
    findings: int
    by_severity: dict[str, int]
    by_rule: dict[str, int]
    by_head: dict[str, int]


@dataclass(frozen=True, slots=True)
class Review:
    """What a check of files gives; `peers` says whether a corpus could be asked."""

    files: tuple[FileReview, ...]
    peers: bool

    @property
    def projects(self) -> tuple[ProjectReview, ...]:
        """All projects, in order."""
        return tuple(project for file in self.files for project in file.projects)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in order."""
        return tuple(one for project in self.projects for one in project.findings)

    @property
    def complete(self) -> bool:
        """Whether every file was read, wholly."""
        return not any(file.reason or file.problems for file in self.files)

    def summary(self) -> ReviewSummary:
        """One summary over all files."""
        standings = [project.standing for project in self.projects]
        rows = sum(standing.rows for standing in standings)
        measurable = sum(len(standing.measurable) for standing in standings)
        found = self.findings
        severities = Counter(one.severity for one in found)
        heads = Counter(one.head for one in found)
        return ReviewSummary(
            files=len(self.files),
            unread=sum(bool(file.reason) for file in self.files),
            projects=len(standings),
            rows=rows,
            weak_rows=sum(len(standing.weak) for standing in standings),
            measurable_rows=measurable,
            measurable_share=round(measurable / rows, 3) if rows else None,
            findings=len(found),
            by_severity={str(severity): severities[severity] for severity in Severity},
            by_rule=dict(Counter(one.rule.id for one in found).most_common()),
            by_head={str(head): heads[head] for head in Head},
        )

    def worst(self, severity: Severity) -> bool:
        """Whether there is a finding of this severity or a graver one."""
        order = tuple(Severity)
        grave = order[: order.index(severity) + 1]
        return any(one.severity in grave for one in self.findings)


class Reviewer(Held):
    """Checks drafts, with the corpus of a home where there is one."""

    def __init__(self, lookup: ConceptLookup, answers: PeerAnswers | None = None) -> None:
        super().__init__()
        self._lookup = lookup
        self._answers = answers

    @classmethod
    def open(cls, home: Home | None, *, suggesting: bool = True) -> Self:
        """A reviewer over a home; without one, or without an index, the rules alone judge.

        :raises SearchIndexError: the index is damaged or of another model.
        :raises StoreError: the corpus cannot be read.
        """
        if home is None:
            return cls(ConceptLookup(open_encoder()))
        try:
            session = Session.open(home)
        except (HomeMissingError, IndexMissingError):
            return cls(ConceptLookup(open_encoder()))
        return cls.over(home, session, suggesting=suggesting, own_session=True)

    @classmethod
    def over(
        cls, home: Home, session: Session, *, suggesting: bool = True, own_session: bool = False
    ) -> Self:
        """A reviewer over an open session, which stays open unless `own_session`."""
        lookup = ConceptLookup(session.encoder)
        with ExitStack() as held:
            if own_session:
                held.callback(session.close)
            projects = held.enter_context(Projects(home, session))
            advisor = held.enter_context(Advisor(home, session))
            answers = CorpusAnswers(session, projects, advisor, lookup, suggesting=suggesting)
            reviewer = cls(lookup, answers)
            reviewer._held = held.pop_all()
        return reviewer

    def check_files(self, paths: Sequence[Path], progress: Progress | None = None) -> Review:
        """Check files; archives give their members. A file that cannot be read is told."""
        files = []
        for number, (path, found) in enumerate(parse_files(paths), start=1):
            if progress:
                progress(number, max(number, len(paths)), path.name)
            files.append(self._file(path.name, found))
        return Review(tuple(files), self._answers is not None)

    def check_document(self, data: bytes, name: str) -> Review:
        """Check one document at hand (an upload)."""
        return Review((self._file(name, parse_document(data, name)),), self._answers is not None)

    def check_projects(self, projects: Iterable[Project]) -> tuple[ProjectReview, ...]:
        """Check projects that are already read, such as those of the corpus."""
        return tuple(
            check_project(project, self._lookup, peers=self._answers) for project in projects
        )

    def _file(self, name: str, found: Parsed | InputError) -> FileReview:
        if isinstance(found, InputError):
            return FileReview(name, (), (), str(found))
        remarks = _by_project(found)
        self._lookup.learn(row.name for project in found.projects for row in project.indicators)
        reviews = tuple(
            check_project(project, self._lookup, remarks=told, peers=self._answers)
            for project, told in zip(found.projects, remarks, strict=True)
        )
        return FileReview(name, reviews, found.problems)


def _by_project(parsed: Parsed) -> list[list[Remark]]:
    """The reader's notes by the project they stand in: the last that begins before them."""
    told: list[list[Remark]] = [[] for _ in parsed.projects]
    for note in parsed.notes:
        line = _LINE.search(note.place)
        if line is None:
            continue
        before = [n for n, one in enumerate(parsed.projects) if one.source.row <= int(line[1])]
        if before:
            told[max(before, key=lambda n: parsed.projects[n].source.row)].append(note)
    return told
