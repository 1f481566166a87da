"""Cosines of the texts of records are the same, told by bounds or worked out one by one."""

import numpy as np
import pytest

from embed.encoder import Vectors
from index import fields, vectors
from index.fields import FieldIndex
from index.texts import NO_TEXT, Field
from index.vectors import Part, VectorParts

DIM = 32


def drawn(count: int, seed: int) -> Vectors:
    """Vectors of length one, `(count, DIM)`."""
    found = np.random.default_rng(seed).standard_normal((count, DIM))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("few", [0.0, 1.0], ids=["once", "each"])
@pytest.mark.parametrize("weight", [1.0, 0.3])
@pytest.mark.parametrize("sizes", [(700,), (400, 30, 270)])
def test_bounds_find_the_cosines_of_the_best_query(
    sizes: tuple[int, ...], weight: float, few: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "_FEW", few)
    monkeypatch.setattr(vectors, "_FEW", 100)
    stored, asked = drawn(700, 1), drawn(4, 2)
    asked[2] = stored[5]
    ends = np.cumsum(sizes)
    parts = [Part.of(stored[end - size : end]) for size, end in zip(sizes, ends, strict=True)]
    rows = np.random.default_rng(3).integers(NO_TEXT, 700, 1_000).astype(np.int32)
    texts = tuple(map(str, range(700)))
    field = FieldIndex(Field("name", weight), texts, VectorParts(parts), rows)
    bounds = field.bounds(asked)
    for task in bounds.tasks:
        task()
    records = np.arange(0, 1_000, 3)
    for count in (1, 3, 4):
        products = np.append((asked[:count] @ stored.T).max(axis=0), np.float32(0))
        assert (bounds.best(count) >= products - 1e-6).all()
        found = bounds.cosines(rows[records].astype(np.int64), count)
        assert np.allclose(found, products[rows[records]], atol=1e-6)
        assert np.array_equal(found, field.cosines(asked[:count], records))
