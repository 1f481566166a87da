"""Any sentence-transformers model as an encoder, from a folder or the local cache, offline."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embed.encoder import Vectors
from errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_BATCH = 64


class SentenceTransformerEncoder:
    """A sentence-transformers model with its own query and document prompts."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
        self._model = model
        self._name = name
        self._id = ""

    @classmethod
    def load(cls, name: str) -> "SentenceTransformerEncoder":
        """Open a model folder, or a model by name from the local cache; never the network.

        :raises ModelError: the model is not on this machine, damaged, or needs code of its own.
        """
        if Path(name).is_absolute() and not Path(name).exists():
            raise _refused(name, "no such folder")  # at once: the import below takes seconds
        with _offline():
            from sentence_transformers import SentenceTransformer

            try:
                model = SentenceTransformer(name, device="cpu", local_files_only=True)
            except Exception as error:  # the libraries below raise without a common base
                said = " ".join(str(error).split())[:200]
                raise _refused(name, f"{type(error).__name__}: {said}") from error
        return cls(model, name)

    @property
    def model_id(self) -> str:
        """The model's name and 16 hex digits over all that decides its vectors."""
        if not self._id:
            self._id = f"{Path(self._name).name}-{self._digest()}"
        return self._id

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised, with the model's document prompt if any."""
        return self._encode(texts, query=False)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`, with the model's query prompt if any."""
        return self._encode(texts, query=True)

    def _encode(self, texts: Sequence[str], *, query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _digest(self) -> str:
        """Of its prompts, where it cuts a text off, what follows the transformer, its weights."""
        following: list[object] = [
            (type(part).__name__, getattr(part, "get_config_dict", dict)())
            for part in [*self._model][1:]
        ]
        settings = (self._model.prompts, self._model.max_seq_length, following)
        state = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            values = np.ascontiguousarray(tensor.detach().cpu().float().numpy())
            state.update(f"{key}{values.shape}".encode())
            state.update(values.data)
        return state.hexdigest()[:16]


def _refused(name: str, why: str) -> ModelError:
    return ModelError(
        f"expected a sentence-transformers model folder, or a name in the local cache, found "
        f"{name!r}: {why}; copy the model folder to this machine and give its path, or leave "
        "--model out"
    )


@contextmanager
def _offline() -> Iterator[None]:
    """Keep the libraries from the network while a model loads."""
    before = {key: os.environ.get(key) for key in _OFFLINE}
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
