import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from embed import DEFAULT_MODEL, open_encoder
from embed.static import StaticEncoder
from embed.transformer import SentenceTransformerEncoder
from errors import ModelError

TEXTS = ["公众号粉丝数量", "", "服务对象满意度≥95%", "。", "发放及时率" * 300, "App 3,256.78"]


def test_static_model_in_sentence_transformers_gives_equal_vectors() -> None:
    from embed.st_module import open_static

    ours = StaticEncoder.load(DEFAULT_MODEL).encode_documents(TEXTS)
    theirs = open_static(DEFAULT_MODEL)
    assert theirs.encode(TEXTS, show_progress_bar=False) == pytest.approx(ours, abs=1e-5)
    queries = theirs.encode_query(TEXTS[0], show_progress_bar=False)
    assert queries == pytest.approx(ours[0], abs=1e-5)


def test_static_model_saved_by_sentence_transformers_opens_again(tmp_path: Path) -> None:
    from embed.st_module import open_static

    open_static(DEFAULT_MODEL).save(str(tmp_path))
    again = open_encoder(str(tmp_path))
    assert isinstance(again, StaticEncoder)
    assert again.model_id == open_encoder().model_id


def test_transformer_by_folder(tiny_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = open_encoder(str(tiny_model))
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.dim == 16
    vectors = encoder.encode_documents(TEXTS)
    assert vectors.shape == (len(TEXTS), 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[[0, 2]], axis=1) == pytest.approx(1, abs=1e-5)
    assert np.isfinite(vectors).all()
    assert vectors[0] != pytest.approx(vectors[2], abs=1e-3)
    plain = SentenceTransformer(str(tiny_model), device="cpu")
    expected = plain.encode("查询：" + TEXTS[0], normalize_embeddings=True, prompt="")
    assert encoder.encode_queries(TEXTS[:1])[0] == pytest.approx(expected, abs=1e-5)
    assert encoder.encode_queries(TEXTS[:1])[0] != pytest.approx(vectors[0], abs=1e-3)
    assert encoder.encode_documents([]).shape == (0, 16)


def test_model_id_tells_weights_apart(tiny_model: Path) -> None:
    import torch

    one = SentenceTransformerEncoder.load(str(tiny_model))
    two = SentenceTransformerEncoder.load(str(tiny_model))
    assert one.model_id == two.model_id
    three = SentenceTransformerEncoder.load(str(tiny_model))
    with torch.no_grad():
        next(three._model.parameters()).add_(1)
    assert three.model_id != one.model_id


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("1_Pooling/config.json", "pooling_mode", "cls"),
        ("config_sentence_transformers.json", "prompts", {"query": "", "document": ""}),
        ("tokenizer_config.json", "model_max_length", 8),
    ],
)
def test_model_id_tells_settings_apart(
    file: str, key: str, value: object, tiny_model: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(tiny_model, tmp_path / tiny_model.name)
    settings = json.loads((other / file).read_text("utf-8"))
    assert settings[key] != value
    (other / file).write_text(json.dumps(settings | {key: value}), encoding="utf-8")
    one, two = (SentenceTransformerEncoder.load(str(model)) for model in (tiny_model, other))
    assert one.model_id != two.model_id
    long = ["满意度人次公众号粉丝数量" * 3]
    changed = [one.encode_documents(long), one.encode_queries(long)]
    assert any(
        not np.allclose(before, after, atol=1e-4)
        for before, after in zip(
            changed, [two.encode_documents(long), two.encode_queries(long)], strict=True
        )
    )


@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "/no/such/folder", "EMPTY"])
def test_a_model_that_is_not_there(name: str, tmp_path: Path) -> None:
    before = dict(os.environ)
    with pytest.raises(ModelError, match=r"expected .* found .* --model") as caught:
        open_encoder(str(tmp_path) if name == "EMPTY" else name)
    assert "\n" not in str(caught.value)
    assert dict(os.environ) == before
