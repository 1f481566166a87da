"""The live check of a draft says what `check` says, whatever it has kept from before."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.records import Level2
from quality.check import check_project
from quality.lookup import ConceptLookup
from service.draft_check import DraftChecker, coverage_of
from service.draft_records import KeptDraft, kept_row, with_rows, without
from service.home import Home
from service.peer_answers import CorpusAnswers
from service.projects import Projects
from service.review import Reviewer
from service.search import Session
from service.suggest import Advisor
from tests.peers.conftest import ROWS, UNITS

DRAFT = KeptDraft(
    project="广播节目制作经费",
    unit="青禾县融媒体中心",
    budget_wan=50.0,
    rows=tuple(
        kept_row(name, raw.format(count=4000, month=12, budget=50, fans=10, rate=95))
        if number % 2
        else kept_row(name, "优良", level2=Level2(level2), description=description)
        for number, (name, level2, raw, description) in enumerate(ROWS)
    ),
)


@pytest.fixture(scope="module")
def session(peer_home: Home) -> Iterator[Session]:
    """A session on the invented units."""
    with Session.open(peer_home) as opened:
        yield opened


def edits() -> Iterator[KeptDraft]:
    """A draft as it is written: each differs from the one before in one thing."""
    draft = DRAFT
    yield draft
    for number, row in enumerate(DRAFT.rows):
        rows = list(draft.rows)
        rows[number] = replace(row, value="≥95%")
        yield (draft := with_rows(draft, rows))
    rows = [replace(row, description=f"{row.name}完成情况") for row in draft.rows]
    yield (draft := with_rows(draft, rows))
    yield (draft := replace(draft, budget_wan=5000.0))
    yield (draft := replace(draft, department="宣传融媒体"))
    yield (draft := replace(draft, unit=UNITS[0]))
    yield (draft := without(draft, [2]))
    yield DRAFT
    yield KeptDraft()


def test_it_says_what_check_says(peer_home: Home, session: Session) -> None:
    lookup = ConceptLookup(session.encoder)
    checker = DraftChecker(peer_home, session)
    with Projects(peer_home, session) as projects, Advisor(peer_home, session) as advisor:
        for draft in edits():
            peers = CorpusAnswers(session, projects, advisor, lookup)  # remembers nothing yet
            expected = check_project(draft.judged(), lookup, peers=peers)
            assert checker.check(draft.judged()) == expected
            assert checker.check(draft.judged()) == expected
    checker.close()
    assert checker.check(DRAFT.judged()).findings


def test_without_a_corpus_the_rules_judge_alone(peer_home: Home) -> None:
    (expected,) = Reviewer.open(None).check_projects([DRAFT.judged()])
    assert DraftChecker(peer_home, None).check(DRAFT.judged()) == expected


def test_groups_are_counted_in_the_order_of_the_forms() -> None:
    levels = (Level2.SATISFACTION, Level2.QUANTITY, Level2.QUANTITY, Level2.SOCIAL_COST, None)
    rows = [kept_row(f"指标{n}", level2=level) for n, level in enumerate(levels)]
    groups = coverage_of(with_rows(KeptDraft(), rows).judged())
    counts = {group.level2: group.rows for group in groups}
    assert counts[Level2.QUANTITY] == 2
    assert (counts[Level2.COST], counts[Level2.SATISFACTION], counts[Level2.SOCIAL]) == (1, 1, 0)
    assert [groups[0].level2, groups[-1].level2] == [Level2.QUANTITY, Level2.SATISFACTION]
