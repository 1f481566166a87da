"""Train the default static model: `python -m embed.train --shared ../shared/training`.

Seeded and offline; the same folders, seed and library versions give the same weights. Beside the
weights it writes `training.json`: what was used, how much of it, and the held-out measures. With
`--hold-out` a tenth of the concepts and a phrasing of each other one stay unseen and are measured:
for choosing settings, not for the weights that ship.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embed.contrast import Recipe, train
from embed.cooccurrence import (
    Corpus,
    choose_features,
    parts_of,
    read_corpus,
    start_vectors,
    window_counts,
)
from embed.families import Family, families_of, hold_out
from embed.features import Vocabulary
from embed.open import DEFAULT_MODEL
from embed.pairs import CLAUSES, PAIRS, TEXTS, PairSet, read_pairs, read_rows, read_texts
from embed.static import StaticEncoder
from embed.weights import StaticWeights
from knowledge.concepts import CONCEPTS_FOLDER, read_concepts
from knowledge.dictionary import field_words

log = logging.getLogger("duibiao.train")

SEED = 20_240_601
KEPT = 128
"""Length of the vectors that ship: the first half of the components does as well as all."""
# Left out: their rights or their origin are unclear, and without them little is lost (model card).
_LEFT_OUT = ("xinwenlianbo", "news_title_body_domestic", "word_definition", "synonym_cilin")
USED_TEXTS = tuple(name for name in TEXTS if name not in _LEFT_OUT)
USED_PAIRS = (*(source for source in PAIRS if source not in _LEFT_OUT), CLAUSES)
# How often the phrasings count: they are few, and all that is of the field itself.
_CONCEPT_REPEATS = 3
# Pairs cut from the running texts add nothing to the counts of words.
_NO_NEW_TEXT = ("law_heading_article", "news_title_body_domestic", CLAUSES)


@dataclass(frozen=True, slots=True)
class Start:
    """How many features, of what length, from what company of words."""

    features: int = 64_000
    dim: int = 256
    words: int = 60_000
    contexts: int = 20_000
    window: int = 5
    sif: float = 3e-4


def make(
    shared: Path,
    families: Sequence[Family],
    texts: Sequence[str] = USED_TEXTS,
    sources: Sequence[str] = USED_PAIRS,
    start: Start = Start(),
    recipe: Recipe = Recipe(),  # noqa: B008 - frozen
    seed: int = SEED,
) -> tuple[StaticWeights, dict[str, object]]:
    """Train on the shared folder and on phrasings; the weights, and what `training.json` says.

    :raises UsageError: a training file is missing or damaged.
    """
    pairs = [read_pairs(shared, source, seed) for source in sources]
    log.info("pairs read: %s", {p.source: len(p) for p in pairs})
    phrasings = [text for family in families for text in family]
    corpus = read_corpus(
        chain(read_texts(shared, texts), _pair_texts(pairs), phrasings * _CONCEPT_REPEATS)
    )
    log.info("texts cut: %d words, %d different", corpus.counts.sum(), len(corpus.words))
    tokens, table = start_table(corpus, start, seed)
    log.info("start vectors: %s", table.shape)
    parts = [p.split(seed) for p in pairs]
    used_parts = [used for used, _ in parts]
    trained = train(table, Vocabulary(tokens), used_parts, families, recipe, seed)
    weights = StaticWeights.from_table(tokens, narrowed(tokens, trained, phrasings, KEPT))
    encoder = StaticEncoder(weights)
    record: dict[str, object] = {
        "seed": seed,
        "start": asdict(start),
        "recipe": asdict(recipe),
        "kept": weights.dim,
        "concepts": {"concepts": len(families), "texts": len(phrasings)},
        "texts": {name: sum(1 for _ in read_texts(shared, [name])) for name in texts},
        "pairs": {used.source: len(used) for used in used_parts},
        "held_out_mrr": {held.source: round(mrr(encoder, held), 3) for _, held in parts},
        "stsb_zh_dev_spearman": round(100 * sts(encoder, shared / "sts/stsb_zh_dev.tsv.xz"), 1),
    }
    return weights, record


def start_table(
    corpus: Corpus, start: Start, seed: int
) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """The features and their first vectors `(features, dim)`, rare ones longer (SIF).

    SIF: Arora, Liang and Ma 2017, a feature of probability `p` weighs `a / (a + p)`.
    """
    counts: Counter[str] = Counter()
    for word, count in zip(corpus.words, corpus.counts.tolist(), strict=True):
        for part in parts_of(word):
            counts[part] += count
    field = field_words()
    tokens = choose_features(counts, [*field, *sorted(set("".join(field)))], start.features)
    near = window_counts(corpus, start.words, start.contexts, start.window)
    vectors = start_vectors(tokens, corpus, near, start.dim, seed)
    share = np.array([counts[token] for token in tokens]) / max(int(corpus.counts.sum()), 1)
    weight = (start.sif / (start.sif + share)).astype(np.float32)
    return tokens, vectors * weight[:, None]


def narrowed(
    tokens: tuple[str, ...], table: NDArray[np.float32], texts: Sequence[str], dim: int
) -> NDArray[np.float32]:
    """The table `(features, dim)` in the directions in which texts of the field differ most.

    Principal components of the vectors of `texts`, not centred, so that cosines stay as they are
    but for what the directions left out would add.
    """
    encoder = StaticEncoder(StaticWeights.from_table(tokens, table))
    vectors = encoder.encode_documents(texts)
    values, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    strongest = directions[:, np.argsort(-values)[: min(dim, table.shape[1])]]
    return np.asarray(table @ strongest.astype(np.float32), np.float32)


def mrr(encoder: StaticEncoder, pairs: PairSet) -> float:
    """Mean reciprocal rank of the right text among all right texts of the set."""
    scores = encoder.encode_documents(pairs.left) @ encoder.encode_documents(pairs.right).T
    better = (scores > np.diag(scores)[:, None]).sum(axis=1)
    return float((1 / (better + 1)).mean()) if len(pairs) else 0.0


def name_mrr(
    encoder: StaticEncoder, asked: Sequence[tuple[str, str]], names: Sequence[str]
) -> float:
    """Mean reciprocal rank of the right name among all `names`, over pairs `(phrasing, name)`."""
    place = {name: number for number, name in enumerate(names)}
    right = np.array([place[name] for _, name in asked], dtype=np.int64)
    texts = [text for text, _ in asked]
    scores = encoder.encode_queries(texts) @ encoder.encode_documents(names).T
    better = (scores > scores[np.arange(len(right)), right][:, None]).sum(axis=1)
    return float((1 / (better + 1)).mean()) if len(right) else 0.0


def sts(encoder: StaticEncoder, path: Path) -> float:
    """Spearman correlation of cosine and label over the rows of a labelled set."""
    from scipy.stats import spearmanr

    left, right, labels = zip(*read_rows(path), strict=True)
    cosines = (encoder.encode_documents(left) * encoder.encode_documents(right)).sum(axis=1)
    return float(spearmanr(cosines, [float(label) for label in labels]).statistic)


def _pair_texts(pairs: Sequence[PairSet]) -> Iterator[str]:
    for source in pairs:
        if source.source not in _NO_NEW_TEXT:
            yield from source.left
            yield from source.right


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: `--shared` the training folder, `--out` the model folder."""
    parser = argparse.ArgumentParser(prog="python -m embed.train", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with text/ and pairs/")
    parser.add_argument("--out", type=Path, default=DEFAULT_MODEL, help="model folder to write")
    parser.add_argument("--concepts", type=Path, default=CONCEPTS_FOLDER, help="their folder")
    parser.add_argument("--hold-out", action="store_true", help="measure on unseen concepts")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--texts", nargs="+", default=USED_TEXTS, choices=TEXTS)
    parser.add_argument("--pairs", nargs="+", default=USED_PAIRS, choices=(*PAIRS, CLAUSES))
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    families = families_of(read_concepts(options.concepts))
    held = hold_out(families)
    weights, record = make(
        options.shared,
        held.families if options.hold_out else families,
        options.texts,
        options.pairs,
        seed=options.seed,
    )
    if options.hold_out:
        encoder = StaticEncoder(weights)
        record["unseen_concepts_mrr"] = round(name_mrr(encoder, held.concepts, held.names), 3)
        record["unseen_phrasings_mrr"] = round(name_mrr(encoder, held.phrasings, held.names), 3)
    weights.save(options.out)
    write_record(options.out, record)
    log.info("written to %s: %s", options.out, record)


def write_record(folder: Path, record: Mapping[str, object]) -> None:
    """Write `training.json` into a model folder."""
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / "training.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
