"""What a new model changes is said just as the two indexes answer; models are never mixed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Indicator, Project
from errors import IndexMissingError, IndexModelError, ModelError, UsageError
from index.generations import current_name
from index.results import SearchRequest
from service.build_diff import TOP, Question, TopHit, build_and_compare, compare, read_questions
from service.home import Home
from service.refresh import build, ingest
from service.search import Session

SUBJECTS = ("公众号", "道路", "培训", "学校", "水库", "服务对象")
THINGS = ("粉丝数量", "维修里程", "人次", "及时率", "满意度")
ROWS = tuple(Indicator(subject + thing) for subject in SUBJECTS for thing in THINGS)
QUESTIONS = tuple(
    Question(f"q{number}", text)
    for number, text in enumerate(("公众号粉丝", "道路维修里程", "满意度", "培训了多少人次"))
)


@pytest.fixture
def filled(home: Home, documents: Path, write: Callable[..., Path]) -> Home:
    write("a.jsonl", Project(unit="教育局", name="建设项目", year=2024, indicators=ROWS))
    ingest(home, [documents])
    return home


def first_names(home: Home, text: str) -> list[str]:
    """What a session answers now."""
    with Session.open(home) as session:
        return [hit.name for hit in session.search(SearchRequest(text, top=TOP)).hits]


def names(hits: tuple[TopHit, ...]) -> list[str]:
    return [hit.name for hit in hits]


def test_both_lists_are_what_was_and_is_answered(filled: Home, tiny_model: Path) -> None:
    before = {question.text: first_names(filled, question.text) for question in QUESTIONS}
    found = build_and_compare(filled, QUESTIONS, model=str(tiny_model))
    after = {question.text: first_names(filled, question.text) for question in QUESTIONS}
    assert found.queries == len(QUESTIONS)
    assert found.changed == len(found.changes) > 0
    assert {change.query for change in found.changes} == {
        question.text for question in QUESTIONS if before[question.text] != after[question.text]
    }
    for change in found.changes:
        assert (names(change.before), names(change.after)) == (
            before[change.query],
            after[change.query],
        )
    assert found.build.model != found.model_before
    assert (found.generation_before, found.build.generation) == ("g000001", "g000002")
    assert not found.behind


def test_the_same_model_changes_nothing(filled: Home, tiny_model: Path) -> None:
    assert build_and_compare(filled, QUESTIONS).changed == 0
    build(filled, model=str(tiny_model))
    again = build_and_compare(filled, QUESTIONS)  # no model named: that of the index
    assert (again.changed, again.changes) == (0, ())
    assert again.build.model == again.model_before


def test_other_weights_are_another_model(
    filled: Home, tiny_model: Path, other_tiny_model: Path
) -> None:
    build(filled, model=str(tiny_model))
    found = build_and_compare(filled, QUESTIONS, model=str(other_tiny_model))
    assert found.model_before != found.build.model
    assert found.changed > 0


def test_queries_and_documents_get_the_prompts_of_the_model(
    home: Home, documents: Path, write: Callable[..., Path], other_tiny_model: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    write("a.jsonl", Project(unit="教育局", indicators=(Indicator("公众号粉丝数量"),)))
    ingest(home, [documents], model=str(other_tiny_model))
    with Session.open(home) as session:
        hit = session.search(SearchRequest("公众号粉丝")).hits[0]
    plain = SentenceTransformer(str(other_tiny_model), device="cpu")
    said = ["查询：公众号粉丝", "指标：公众号粉丝数量"]
    query, document = plain.encode(said, normalize_embeddings=True, prompt="")
    assert hit.dense == pytest.approx(float(query @ document), abs=1e-4)


def test_models_are_not_mixed(
    filled: Home, tiny_model: Path, other_tiny_model: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(tiny_model, tmp_path / "own")
    build(filled, model=str(own))
    for model in (str(other_tiny_model), "default"):
        with pytest.raises(IndexModelError, match=r"expected .* found .*duibiao build --model"):
            Session.open(filled, model=model)
    shutil.rmtree(own)
    shutil.copytree(other_tiny_model, own)  # other weights under the same name
    with pytest.raises(IndexModelError, match=r"built with model .* now is .*duibiao build"):
        Session.open(filled)


def test_nothing_is_built_where_nothing_can_be_compared(
    home: Home, filled: Home, tiny_model: Path, tmp_path: Path
) -> None:
    before = current_name(filled.index_dir)
    with pytest.raises(UsageError):
        build_and_compare(filled, [Question("q", " ")], model=str(tiny_model))
    with pytest.raises(ModelError):
        build_and_compare(filled, QUESTIONS, model="/no/such/folder")
    assert current_name(filled.index_dir) == before
    shutil.rmtree(filled.index_dir)
    with pytest.raises(IndexMissingError, match="duibiao build"):
        build_and_compare(filled, QUESTIONS)


@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚"), unique=True, max_size=5),
    st.lists(st.sampled_from("甲乙丙丁戊己庚"), unique=True, max_size=5),
)
def test_what_is_said_turns_one_list_into_the_other(old: list[str], new: list[str]) -> None:
    lists = [
        tuple(TopHit(rank, "", name, "", 0.5) for rank, name in enumerate(found, 1))
        for found in (old, new)
    ]
    found = compare(Question("q", "某"), *lists)
    assert set(found.new) == set(new) - set(old)
    assert set(found.gone) == set(old) - set(new)
    stays = {name: rank for rank, name in enumerate(old, 1) if name in new}
    stays |= {move.name: move.after for move in found.moved}
    assert {rank: name for name, rank in stays.items()} == {
        rank: name for rank, name in enumerate(new, 1) if name in old
    }


def test_queries_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    lines = ['{"qid": "d01", "query": "满意度"}', "", " 培训人次 ", '{"id": 7, "text": "水库"}']
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    assert read_questions(path) == (
        Question("d01", "满意度"),
        Question("3", "培训人次"),
        Question("7", "水库"),
    )


@pytest.mark.parametrize("line", ['{"query": ', '{"name": "满意度"}', '{"query": 5}', ""])
def test_a_file_that_holds_no_queries(line: str, tmp_path: Path) -> None:
    path = tmp_path / "queries.txt"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=r"--queries expects .*found"):
        read_questions(path)
    path.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(UsageError, match=r"--queries expects .*found"):
        read_questions(path)
    with pytest.raises(UsageError, match=r"--queries expects .*found"):
        read_questions(tmp_path / "none.txt")
