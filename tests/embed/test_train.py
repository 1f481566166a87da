import json
import lzma
import random
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from embed import DEFAULT_MODEL
from embed.contrast import Recipe, _Bagged, _batches, _drop
from embed.cooccurrence import (
    choose_features,
    parts_of,
    ppmi,
    read_corpus,
    start_vectors,
    window_counts,
)
from embed.features import Bags
from embed.pairs import CLAUSES, PAIRS, TEXTS, read_pairs
from embed.static import StaticEncoder
from embed.train import KEPT, USED_TEXTS, Start, main, make, name_mrr, narrowed
from embed.weights import StaticWeights
from errors import UsageError
from text.words import words

TOPICS = [
    ["农田", "灌溉", "粮食", "农民", "种植", "化肥"],
    ["医院", "患者", "医生", "疫苗", "接种", "门诊"],
    ["公路", "桥梁", "养护", "里程", "路面", "交通"],
]


def _line(draw: random.Random) -> str:
    topic = draw.choice(TOPICS)
    return "，".join("".join(draw.choices(topic, k=4)) for _ in range(3))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training folder of invented text: three topics that share no word."""
    folder = tmp_path_factory.mktemp("training")
    draw = random.Random(3)  # noqa: S311
    for name in ("text", "pairs", "sts"):
        (folder / name).mkdir()
    for name in TEXTS:
        _write(folder / "text" / f"{name}.txt.xz", [_line(draw) for _ in range(150)])
    for name in PAIRS:
        top = "5" if name == "stsb_zh_train" else "1"
        rows = [
            f"{'、'.join(topic[:3])}{n}\t{topic[3]}{topic[4]}{n}\t{top}"
            for n in range(20)
            for topic in TOPICS
        ]
        rows.append("不同\t意思\t0")
        _write(folder / "pairs" / f"{name}.tsv.xz", ["text_a\ttext_b\tlabel", *rows])
    rows = ["农田灌溉\t粮食种植\t5", "医院门诊\t医生\t4", "公路里程\t疫苗接种\t0", "桥梁\t农民\t0"]
    _write(folder / "sts" / "stsb_zh_dev.tsv.xz", ["text_a\ttext_b\tlabel", *rows])
    return folder


def _write(path: Path, lines: list[str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


# Phrasings of another topic than the name: only the concepts join them.
FAMILIES = (
    ("灌溉农田亩数", "门诊患者", "医院疫苗"),
    ("接种疫苗人次", "公路桥梁"),
    ("养护路面长度", "粮食种植", "农民化肥"),
)
SMALL = Start(features=3_600, dim=8, words=500, contexts=200)
QUICK = Recipe(epochs=3, batch=16, most=60)


def test_the_same_seed_gives_the_same_weights(shared: Path) -> None:
    one, record = make(shared, FAMILIES, start=SMALL, recipe=QUICK, seed=5)
    two, _ = make(shared, FAMILIES, start=SMALL, recipe=QUICK, seed=5)
    assert one.digest() == two.digest()
    assert record["texts"] == dict.fromkeys(USED_TEXTS, 150)
    assert set(USED_TEXTS) < set(TEXTS)
    assert record["concepts"] == {"concepts": 3, "texts": 8}
    near, query, far = StaticEncoder(one).encode_documents(["粮食", "农田灌溉", "桥梁养护"])
    assert query @ near > query @ far + 0.3


def test_phrasings_come_near_their_name(shared: Path) -> None:
    recipe = Recipe(epochs=20, batch=4, most=60, runs=1)
    without, _ = make(shared, (), start=SMALL, recipe=recipe, seed=5)
    given, _ = make(shared, FAMILIES, start=SMALL, recipe=recipe, seed=5)
    asked = [(text, name) for name, *texts in FAMILIES for text in texts]
    names = [family[0] for family in FAMILIES]
    assert name_mrr(StaticEncoder(without), asked, names) < 0.6
    assert name_mrr(StaticEncoder(given), asked, names) == 1


def _concept_line(name: str, phrasings: list[str]) -> str:
    kind = {"level2": "数量", "measure_class": "count", "measures": ["个"], "polarity": "higher"}
    texts = {"name": name, "phrasings": phrasings, "value": "≥5个", "confused_with": []}
    return json.dumps({**kind, **texts}, ensure_ascii=False)


def test_the_command_writes_a_model_folder(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "model"
    names = [f"{one}{other}" for one, other in permutations(TOPICS[0] + TOPICS[1], 2)][:40]
    lines = [_concept_line(name, [f"{name}{n}" for n in "甲乙"]) for name in names]
    (tmp_path / "water.jsonl").write_text("\n".join(lines), encoding="utf-8")
    which = ["--texts", "laws", "--pairs", CLAUSES, "--concepts", str(tmp_path)]
    main(["--shared", str(shared), "--out", str(out), *which, "--hold-out"])
    record = json.loads((out / "training.json").read_text(encoding="utf-8"))
    assert list(record["pairs"]) == [CLAUSES]
    assert record["concepts"]["concepts"] < 40
    assert 0 < record["unseen_concepts_mrr"] <= 1
    assert 0 < record["unseen_phrasings_mrr"] <= 1
    assert StaticEncoder.load(out).dim == KEPT


def test_mrr_of_names_equals_brute_force() -> None:
    encoder = StaticEncoder.load(DEFAULT_MODEL)
    names = ["培训人次", "森林覆盖率", "公路里程", "粉丝数量"]
    asked = [("参加培训人员", "培训人次"), ("里程", "公路里程"), ("公路", "森林覆盖率")]
    expected = 0.0
    for text, name in asked:
        near = {
            n: float((encoder.encode_queries([text]) @ encoder.encode_queries([n]).T)[0, 0])
            for n in names
        }
        expected += 1 / (1 + sum(value > near[name] for value in near.values()))
    assert name_mrr(encoder, asked, names) == pytest.approx(expected / 3)


def test_missing_training_text_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"expected the training file .* found FileNotFoundError"):
        make(tmp_path, FAMILIES)


def test_pairs_keep_only_equal_meanings(shared: Path) -> None:
    pairs = read_pairs(shared, "pawsx_zh_dev", seed=1)
    assert len(pairs) == 60
    assert "不同" not in pairs.left
    used, held = pairs.split(seed=1)
    assert (len(used), len(held)) == (54, 6)
    assert set(zip(used.left, used.right, strict=True)) | set(
        zip(held.left, held.right, strict=True)
    ) == set(zip(pairs.left, pairs.right, strict=True))


def test_clause_pairs_come_from_one_line(shared: Path) -> None:
    pairs = read_pairs(shared, CLAUSES, seed=1)
    with lzma.open(shared / "text" / "laws.txt.xz", "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert len(pairs) > 10
    for one, other in zip(pairs.left, pairs.right, strict=True):
        assert any(one in line and other in line for line in lines)


def test_window_counts_equal_brute_force() -> None:
    lines = ["农田灌溉，粮食种植农田", "医院患者", "粮食"]
    corpus = read_corpus(lines)
    expected: defaultdict[tuple[str, str], float] = defaultdict(float)
    for line in map(words, lines):
        for i, word in enumerate(line):
            for j, other in enumerate(line):
                if 0 < abs(i - j) <= 2:
                    expected[word, other] += 1 / abs(i - j)
    size = len(corpus.words)
    found = window_counts(corpus, size, size, window=2).toarray()
    names = corpus.words
    for i in range(size):
        for j in range(size):
            assert found[i, j] == pytest.approx(expected[names[i], names[j]])


def test_ppmi_equals_its_definition() -> None:
    from scipy.sparse import csr_matrix

    counts = np.array([[4.0, 0, 1], [0, 2, 2], [1, 1, 0]])
    found = ppmi(csr_matrix(counts)).toarray()
    share = counts.sum(axis=0) ** 0.75
    share /= share.sum()
    for i in range(3):
        for j in range(3):
            p = counts[i, j] / counts[i].sum()
            expected = max(np.log(p / share[j]), 0) if p else 0
            assert found[i, j] == pytest.approx(expected, abs=1e-5)


def test_a_feature_without_company_gets_its_characters() -> None:
    corpus = read_corpus(["农田灌溉粮食", "农田种植粮食"] * 3)
    tokens = tuple(sorted({*"农田灌溉粮食种植", "农田", "田粮", "灌溉"}))
    near = window_counts(corpus, 10, 10, window=3)
    vectors = start_vectors(tokens, corpus, near, dim=2, seed=1)
    row = {token: vectors[n] for n, token in enumerate(tokens)}
    assert row["田粮"] == pytest.approx(
        (row["田"] + row["粮"]) / np.linalg.norm(row["田"] + row["粮"]), abs=1e-5
    )
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_choosing_features() -> None:
    counts = Counter({"甲": 5, "乙": 9, "丙": 9, "丁": 1})
    assert choose_features(counts, ["戊"], 3) == ("丙", "乙", "戊")


def test_parts_of_a_word() -> None:
    assert list(parts_of("满意度")) == ["满意度", "满", "意", "度", "满意", "意度"]
    assert list(parts_of("app")) == ["app"]


def test_dropping_keeps_each_text_to_itself() -> None:
    bags = Bags(np.arange(60), np.array([0, 3, 3, 10, 60]))
    places = np.array([3, 1, 0, 2])
    draw = np.random.default_rng(0)
    ids, starts = _drop(bags, places, Recipe(keep=1.1, longest=100), draw)
    assert ids.tolist() == [*range(10, 60), *range(3), *range(3, 10)]
    assert starts.tolist() == [0, 50, 50, 53]
    ids, starts = _drop(bags, places, Recipe(keep=0.5, longest=10), draw)
    assert set(ids[: starts[1]]) <= set(range(10, 60))
    assert 3 <= starts[1] <= 20
    assert set(ids[starts[2] : starts[3]]) <= set(range(3))


def test_an_epoch_takes_no_more_than_the_most_of_a_source() -> None:
    bags = Bags(np.zeros(0, dtype=np.int64), np.zeros(51, dtype=np.int64))
    sets = [_Bagged(bags, bags, np.arange(size)) for size in (50, 9)]
    plan = list(_batches(sets, Recipe(batch=10, most=35), np.random.default_rng(1)))
    assert [pairs is sets[0] for pairs, _ in plan] == [True] * 3
    places = np.concatenate([places for _, places in plan])
    assert len(set(places.tolist())) == 30


def test_narrowing_keeps_the_cosines_of_texts_that_need_few_directions() -> None:
    draw = np.random.default_rng(3)
    tokens = ("粉丝", "数量", "道路", "里程", "培训", "人次")
    table = (draw.normal(size=(6, 2)) @ draw.normal(size=(2, 8))).astype(np.float32)
    texts = ["粉丝数量", "道路里程", "培训人次", "道路培训"]
    narrow = narrowed(tokens, table, texts, 4)
    assert narrow.shape == (6, 4)
    before, after = (
        StaticEncoder(StaticWeights.from_table(tokens, given)).encode_documents(texts)
        for given in (table, narrow)
    )
    np.testing.assert_allclose(after @ after.T, before @ before.T, atol=0.1)  # four bits
