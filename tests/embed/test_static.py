import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embed import DEFAULT_MODEL, open_encoder
from embed.features import Vocabulary, features
from embed.static import StaticEncoder
from embed.weights import StaticWeights
from errors import ModelError

TEXTS = [
    "公众号粉丝数量",
    "",
    "服务对象满意度≥95%",
    "。，！",
    "🙂🙂",
    "发放及时率" * 400,
    "App 下载 3,256.78 次",
    "村村响 广播\n覆盖率",
]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder.load(DEFAULT_MODEL)


def slow_vector(weights: StaticWeights, text: str) -> np.ndarray:
    """The definition, one feature after the other."""
    total = np.zeros(weights.dim)
    rows = {token: row for row, token in enumerate(weights.tokens)}
    for feature in features(text):
        if feature in rows:
            row = rows[feature]
            for column in range(weights.dim):
                byte = int(weights.packed[row, column // 2])
                step = (byte >> 4 if column % 2 else byte & 15) - 8
                total[column] += step * float(weights.scales[row])
    length = np.linalg.norm(total)
    return total / length if length else total


def test_vectors_equal_the_definition(encoder: StaticEncoder) -> None:
    weights = StaticWeights.load(DEFAULT_MODEL)
    expected = np.array([slow_vector(weights, text) for text in TEXTS])
    assert encoder.encode_documents(TEXTS) == pytest.approx(expected, abs=1e-5)


def test_shape_type_and_length(encoder: StaticEncoder) -> None:
    vectors = encoder.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths == pytest.approx([1, 0, 1, 0, 0, 1, 1, 1], abs=1e-5)


def test_no_texts(encoder: StaticEncoder) -> None:
    assert encoder.encode_documents([]).shape == (0, encoder.dim)


@pytest.mark.parametrize("copies", [1, 200])
def test_a_text_has_one_vector_in_any_company(encoder: StaticEncoder, copies: int) -> None:
    together = encoder.encode_documents(TEXTS * copies)
    alone = np.vstack([encoder.encode_queries([text]) for text in TEXTS])
    assert together == pytest.approx(np.tile(alone, (copies, 1)), abs=1e-5)


@given(st.text())
def test_the_bag_holds_the_known_features(text: str) -> None:
    vocabulary = Vocabulary(dict.fromkeys(["的", "满意", "a", *features(text)[::2]]))
    known = [feature for feature in features(text) if feature in vocabulary.tokens]
    assert sorted(vocabulary.tokens[n] for n in vocabulary.bag(text)) == sorted(known)


def test_features() -> None:
    assert sorted(features("满意度App 3,000次")) == sorted(
        ["满意度", "满", "意", "度", "满意", "意度", "度a", "app", "p3", "3000", "0次", "次"]
    )


def test_near_meanings_are_near(encoder: StaticEncoder) -> None:
    query, near, far = encoder.encode_documents(["培训人数", "培训人次", "森林覆盖率"])
    assert query @ near > query @ far + 0.3


def test_searching_does_not_import_torch() -> None:
    code = (
        "import sys; from embed import open_encoder; open_encoder().encode_queries(['粉丝量']);"
        "print({'torch', 'sentence_transformers', 'scipy', 'sklearn'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_shipped_folder_is_small_and_named() -> None:
    weights = [DEFAULT_MODEL / name for name in ("vectors.npy", "scales.npy")]
    assert sum(path.stat().st_size for path in weights) <= 16_000_000
    listed = {path.name for path in DEFAULT_MODEL.iterdir()}
    assert {"README.md", "modules.json", "config.json", "vocabulary.txt"} <= listed


def test_round_trip(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    table = draw.normal(size=(4, 8)).astype(np.float32)
    table[2] = 0
    saved = StaticWeights.from_table(("甲", "乙", "丙丁", "a"), table)
    saved.save(tmp_path / "new")
    loaded = StaticWeights.load(tmp_path / "new")
    assert loaded.tokens == saved.tokens
    assert np.array_equal(loaded.packed, saved.packed)
    assert np.array_equal(loaded.scales, saved.scales)
    assert loaded.digest() == saved.digest()
    half_step = np.abs(table).max(axis=1, keepdims=True) / 14
    assert (np.abs(loaded.table() - table) <= half_step + 1e-6).all()
    assert not loaded.table()[2].any()


def test_model_id_follows_the_weights(encoder: StaticEncoder, tmp_path: Path) -> None:
    weights = StaticWeights.load(DEFAULT_MODEL)
    assert open_encoder().model_id == encoder.model_id
    scales = weights.scales.copy()
    scales[0] *= 2
    StaticWeights(weights.tokens, weights.packed, scales).save(tmp_path)
    assert open_encoder(str(tmp_path)).model_id != encoder.model_id


@pytest.mark.parametrize("name", ["config.json", "vocabulary.txt", "vectors.npy", "scales.npy"])
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "noise"])
def test_a_damaged_folder_is_a_named_error(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(DEFAULT_MODEL, folder)
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(
            {"empty": b"", "cut": data[: len(data) // 2], "noise": b"\xff\x00"}[damage]
        )
    with pytest.raises(ModelError, match=r"expected .* found .* embed\.train"):
        open_encoder(str(folder))


def test_another_format_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(DEFAULT_MODEL, folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "format": 99}))
    with pytest.raises(ModelError, match="99"):
        open_encoder(str(folder))


def test_vocabulary_leaves_unknown_features_out() -> None:
    vocabulary = Vocabulary(["粉丝", "粉", "满意度"])
    bags = vocabulary.bags(["粉丝", "", "水"])
    # the word and its bigram are one feature, met twice; 丝 is unknown
    assert sorted(bags.ids.tolist()) == [0, 0, 1]
    assert bags.starts.tolist() == [0, 3, 3, 3]
