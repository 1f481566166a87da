"""Drafts checked beside a corpus: examples, habits, outliers, twins; nothing of them is stored."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.jsonlines import to_lines
from corpus.layouts.levels import level1_of
from corpus.records import Indicator, Level2, Project
from corpus.values import parse_value
from embed import open_encoder
from errors import UsageError
from index.results import SearchAnswer, SearchRequest
from peers.remembered import remembering, remembering_rows
from quality.findings import Finding, Outcome, ProjectReview
from quality.lookup import ConceptLookup
from service import refresh
from service.home import Home
from service.projects import Projects, subjects_in
from service.review import Reviewer
from service.search import Session

UNITS = tuple(
    f"{name}县水务局" for name in ("青禾", "白沙", "云岭", "枫桥", "石河", "乌溪", "梧桐")
)
ROWS = (
    ("数量", "维护供水管网里程", "≥{length}公里", "巡查并维护的供水管道长度"),
    ("质量", "水质检测合格率", "≥98%", "检测合格的水样数占全部水样的比例"),
    ("时效", "管道抢修时限", "≤{hours}小时", "接报到恢复供水的时间"),
    ("成本", "管网维护成本", "≤{budget}万元", "材料和人工的全部支出"),
    ("社会效益", "供水保证率", "≥{rate}%", "正常供水时间占全年的比例"),
    ("满意度", "用水户满意度", "≥90%", "表示满意的用水户占受访户的比例"),
)


def indicator(level2: str, name: str, value: str, description: str = "") -> Indicator:
    level = Level2(level2)
    read = parse_value(value, name=name, description=description, level2=level2)
    return Indicator(
        name=name, value=read, level1=level1_of(level), level2=level, description=description
    )


def waterworks(number: int, unit: str) -> Project:
    """One of seven like projects; no two have equal values."""
    budget = 40.0 + number
    told = {"length": 60 + 2 * number, "hours": 4 + number, "budget": f"{budget:g}"}
    told["rate"] = str(90 + number)
    return Project(
        unit=unit,
        name="供水管网维护",
        year=2025,
        budget_wan=budget,
        goal=f"维护供水管网{60 + 2 * number}公里，保障居民用水。",
        indicators=tuple(
            indicator(level2, name, value.format(**told), description)
            for level2, name, value, description in ROWS
        ),
    )


PEERS = tuple(waterworks(number, unit) for number, unit in enumerate(UNITS))
DRAFT = replace(
    waterworks(0, "临江县水务局"),
    year=2026,
    goal="维护供水管网65公里，保障居民用水。",
    indicators=(
        indicator("数量", "维护供水管网里程", "≥6500公里"),
        indicator("质量", "水质检测合格率", "水质检测合格率"),
        indicator("成本", "管网维护成本", "≤40万元"),
        indicator("社会效益", "减少停水户数", "≥500户"),
        indicator("满意度", "用水户满意度", "≥91%"),
    ),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of seven units."""
    import json

    folder = tmp_path_factory.mktemp("review")
    for number, project in enumerate(PEERS):
        lines = [json.dumps(line, ensure_ascii=False) for line in to_lines(project)]
        (folder / f"{number}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    home = Home.open(folder / "home", create=True)
    refresh.ingest(home, [folder])
    return home


@pytest.fixture
def check(built: Home) -> Iterator[Callable[[Project], ProjectReview]]:
    """Check one project beside the corpus."""
    with Reviewer.open(built) as reviewer:
        yield lambda project: reviewer.check_projects([project])[0]


Check = Callable[[Project], ProjectReview]


def of_rule(review: ProjectReview, rule: str) -> list[Finding]:
    return [one for one in review.findings if one.rule.id == rule]


def test_a_weak_row_has_an_example_that_passes_and_a_value(check: Check) -> None:
    (echo,) = of_rule(check(DRAFT), "V01")
    assert echo.peer_example is not None
    assert echo.peer_example.name == "水质检测合格率"
    assert echo.peer_example.value == "≥98%"
    assert echo.peer_example.unit in UNITS
    assert echo.peer_example.source.file.endswith(".jsonl") or echo.peer_example.source.row >= 0
    assert echo.suggestion == "≥98%"


def test_habits_of_like_projects(check: Check) -> None:
    found = of_rule(check(DRAFT), "P09")
    assert any("管道抢修时限" in one.message and "7 个设有" in one.message for one in found)
    assert not any("满意度" in one.message for one in found)
    assert of_rule(check(waterworks(3, "临江县水务局")), "P09") == []


def test_outliers(check: Check) -> None:
    (far,) = of_rule(check(DRAFT), "P10")
    assert far.others == (0,)
    assert of_rule(check(waterworks(3, "临江县水务局")), "P10") == []


def test_copied_tables(check: Check) -> None:
    (twin,) = of_rule(check(waterworks(3, "临江县水务局")), "P11")
    assert UNITS[3] in twin.message
    assert of_rule(check(DRAFT), "P11") == []


def test_a_project_is_no_copy_of_its_own_unit(check: Check) -> None:
    assert of_rule(check(replace(waterworks(3, UNITS[3]), year=2026)), "P11") == []


def test_without_a_corpus_the_peer_rules_cannot_tell() -> None:
    with Reviewer.open(None) as reviewer:
        (review,) = reviewer.check_projects([DRAFT])
    told = {one.rule.id: one.outcome for one in review.outcomes if one.position is None}
    assert told["P09"] is told["P10"] is told["P11"] is Outcome.NOT_ENOUGH_DATA
    assert all(one.peer_example is None for one in review.findings)


def test_a_checked_file_is_not_stored(built: Home, tmp_path: Path) -> None:
    path = tmp_path / "稿.csv"
    path.write_text("二级指标,三级指标,指标值\n数量指标,巡河里程,巡河里程\n", "utf-8")
    with built.store() as store:
        before = store.revision()
    with Reviewer.open(built) as reviewer:
        review = reviewer.check_files([path, tmp_path / "空.txt"])
    assert [file.reason == "" for file in review.files] == [True, False]
    assert not review.complete
    assert review.summary().weak_rows == 1
    with built.store() as store:
        assert store.revision() == before


def test_similar_projects_and_their_reasons(built: Home) -> None:
    with Session.open(built) as session, Projects(built, session) as projects:
        subject = projects.subject(next(iter(projects_of(built))))
        hits = projects.similar(subject, top=3).hits
    assert len(hits) == 3
    assert subject.id not in {hit.id for hit in hits}
    assert hits[0].score >= hits[-1].score > 0.8
    assert any("项目名称相近" in reason for reason in hits[0].reasons)
    assert any("条指标对得上" in reason for reason in hits[0].reasons)


def projects_of(home: Home) -> list[str]:
    with home.store() as store:
        return sorted(stored.id for stored in store.projects())


def test_what_is_asked_again_is_answered_as_before(built: Home) -> None:
    asked = []

    def search(request: SearchRequest) -> SearchAnswer:
        asked.append(request.text)
        return session.search(request)

    requests = [
        SearchRequest("管网维护成本", marked=False),
        SearchRequest("管网维护成本", marked=False, where={"level2": ("成本",)}),
        SearchRequest("管网维护成本", marked=False, top=2),
    ]
    with Session.open(built) as session, built.store() as store:
        again = remembering(search)
        for request in (*requests, *requests):
            assert again(request).hits == session.search(request).hits
        ids = [own for hit in again(requests[0]).hits for own in hit.members]
        rows = remembering_rows(store.indicators_at)
        for part in (ids[:3], ids[1:], ["none", *ids]):
            assert tuple(rows(part)) == store.indicators_at(part)
    assert len(asked) == 3


def test_names_learned_together_are_known_as_one_by_one(built: Home) -> None:
    names = [row[1] for row in ROWS] + ["龘靐齉爩", "", "群众来电处理及时率"]
    encoder = open_encoder()
    together, single = ConceptLookup(encoder), ConceptLookup(encoder)
    together.learn(names)
    assert [together.of(name) for name in names] == [single.of(name) for name in names]


def test_a_name_that_several_have_is_refused(built: Home) -> None:
    with Session.open(built) as session, Projects(built, session) as projects:
        with pytest.raises(UsageError, match="found 7 named"):
            projects.subject("供水管网维护")
        with pytest.raises(UsageError, match="near it"):
            projects.subject("没有这个项目")
        assert projects.subject(f"{UNITS[0]}供水管网维护").project.unit == UNITS[0]


def test_a_file_beside_the_corpus(built: Home, tmp_path: Path) -> None:
    path = tmp_path / "稿.csv"
    path.write_text("二级指标,三级指标,指标值\n数量指标,维护供水管网里程,≥70公里\n", "utf-8")
    (draft,) = subjects_in(path)
    with Session.open(built) as session, Projects(built, session) as projects:
        stored = projects.subject(projects_of(built)[0])
        found = projects.compare([draft, stored])
    row = next(row for row in found.rows if row.cells[0] is not None)
    assert row.cells[1] is not None
    assert row.delta is not None and row.delta.measure == "公里"
    with pytest.raises(UsageError, match="expected a readable file"):
        subjects_in(tmp_path / "无.csv")
