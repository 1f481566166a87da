"""What an encoder is: texts in, vectors of length one out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into vectors that can be compared by their inner product."""

    @property
    def model_id(self) -> str:
        """Name and weights hash: vectors of two encoders compare only if these are equal."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised (a text without any known part: zeros)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`, with the model's query prompt where it has one."""
        ...
