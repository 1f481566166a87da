"""Texts to vectors: the encoders, their training, the default weights."""

from embed.encoder import Encoder, Vectors
from embed.open import DEFAULT_MODEL, open_encoder

__all__ = ["DEFAULT_MODEL", "Encoder", "Vectors", "open_encoder"]
