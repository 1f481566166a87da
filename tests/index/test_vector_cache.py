"""Vectors kept by model and text: found again, damaged ones encoded anew, killed builds resumed."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embed import open_encoder
from embed.encoder import Encoder, Vectors
from index.encoding import Encoding
from index.vector_cache import SEGMENT, VectorCache

TEXTS = [f"第{number}项新建水渠长度" for number in range(3 * SEGMENT + 40)]


class Counting:
    """An encoder that keeps what it was asked for, and may be ended after so many texts."""

    def __init__(self, encoder: Encoder, most: int | None = None) -> None:
        self.model_id = encoder.model_id
        self.dim = encoder.dim
        self.asked: list[str] = []
        self._encoder = encoder
        self._most = most

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does; Ctrl-C where too many were asked for."""
        self.asked += texts
        if self._most is not None and len(self.asked) > self._most:
            raise KeyboardInterrupt
        return self._encoder.encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_queries(texts)


def encoded(folder: Path, encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """The vectors as a build makes them."""
    encoding = Encoding(encoder, {}, cache=VectorCache.of(folder, encoder))
    encoding.begin(texts)
    return encoding(texts)


def test_the_default_model_has_no_cache(tmp_path: Path) -> None:
    assert VectorCache.of(tmp_path, open_encoder()) is None


def test_a_text_is_encoded_once(tmp_path: Path, encoder: Encoder) -> None:
    first = encoded(tmp_path, Counting(encoder), TEXTS)
    np.testing.assert_array_equal(first, encoder.encode_documents(TEXTS))
    again = Counting(encoder)
    order = [*reversed(TEXTS), "一个新的文本", TEXTS[0]]
    np.testing.assert_array_equal(encoded(tmp_path, again, order), encoder.encode_documents(order))
    assert again.asked == ["一个新的文本"]


def test_models_do_not_share_vectors(tmp_path: Path, encoder: Encoder) -> None:
    encoded(tmp_path, encoder, TEXTS[:3])
    other = Counting(encoder)
    other.model_id = "other/model:1"
    encoded(tmp_path, other, TEXTS[:3])
    assert other.asked == TEXTS[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bigrams-48", "other_model_1"]


def test_a_killed_build_goes_on_where_it_stopped(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(KeyboardInterrupt):
        encoded(tmp_path, Counting(encoder, most=2 * SEGMENT), TEXTS)
    later = Counting(encoder)
    found = encoded(tmp_path, later, TEXTS)
    assert later.asked == TEXTS[2 * SEGMENT :]
    np.testing.assert_array_equal(found, encoder.encode_documents(TEXTS))


def test_what_a_killed_build_left_unfinished_is_removed(tmp_path: Path, encoder: Encoder) -> None:
    encoded(tmp_path, encoder, TEXTS[:3])
    half = tmp_path / encoder.model_id / ".tmp-0123456789abcdef"
    half.write_bytes(b"half")
    encoded(tmp_path, encoder, TEXTS[:3])
    assert not half.exists()


@pytest.mark.parametrize("damage", ["a bit", "cut", "empty", "more", "other rows", "noise"])
def test_a_damaged_segment_is_encoded_anew(damage: str, tmp_path: Path, encoder: Encoder) -> None:
    encoded(tmp_path, encoder, TEXTS)
    path = sorted((tmp_path / encoder.model_id).iterdir())[0]
    data = bytearray(path.read_bytes())
    if damage == "a bit":
        data[-5] ^= 1
    elif damage == "noise":
        data = bytearray(os.urandom(len(data)))
    elif damage == "other rows":  # the size is as the header of another count would say
        data = bytearray(data.replace(f"({SEGMENT},)".encode(), f"({SEGMENT + 1},)".encode()))
    else:
        data = {"cut": data[:-100], "empty": bytearray(), "more": data + b"\n"}[damage]
    path.write_bytes(data)
    later = Counting(encoder)
    np.testing.assert_array_equal(encoded(tmp_path, later, TEXTS), encoder.encode_documents(TEXTS))
    assert 0 < len(later.asked) <= SEGMENT
    whole = Counting(encoder)
    encoded(tmp_path, whole, TEXTS)
    assert whole.asked == []


def test_a_segment_of_another_shape_is_not_taken(tmp_path: Path, encoder: Encoder) -> None:
    """As where a folder was copied from elsewhere: its name is right, its vectors are not."""
    wide = VectorCache(tmp_path, encoder.dim + 1)
    wide.add(TEXTS[:3], np.ones((3, encoder.dim + 1), np.float32))
    assert set(wide.find(TEXTS)) == set(TEXTS[:3])
    assert VectorCache(tmp_path, encoder.dim).find(TEXTS) == {}


def test_a_transformer_is_cached_with_its_document_prompt(
    tmp_path: Path, tiny_model: Path, other_tiny_model: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    text = "公众号粉丝数量"
    plain = SentenceTransformer(str(other_tiny_model), device="cpu")
    expected = plain.encode("指标：" + text, normalize_embeddings=True, prompt="")
    encoder = open_encoder(str(other_tiny_model))
    assert encoded(tmp_path, encoder, [text])[0] == pytest.approx(expected, abs=1e-5)
    cache = VectorCache.of(tmp_path, encoder)
    assert cache is not None
    assert cache.find([text])[text] == pytest.approx(expected, abs=1e-5)
    other = VectorCache.of(tmp_path, open_encoder(str(tiny_model)))
    assert other is not None
    assert other.find([text]) == {}


@given(st.lists(st.text(), unique=True, max_size=20))
def test_any_text_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    cache = VectorCache(tmp_path_factory.mktemp("any"), 4)
    vectors = np.arange(4 * len(texts), dtype=np.float32).reshape(-1, 4)
    cache.add(texts, vectors)
    found = cache.find([*texts, "\udc80 never given"])
    assert set(found) == set(texts)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_array_equal(found[text], vector)
