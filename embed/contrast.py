"""The second half of training: pairs that mean the same are drawn together (InfoNCE, torch)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embed.features import Bags, Vocabulary
from embed.pairs import PairSet

if TYPE_CHECKING:
    from torch import Tensor

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    `keep` is the share of a text's features seen at a step, the others are dropped; `longest`
    is about the most features of one text seen at a step; `most` is the most pairs of one source
    seen in an epoch, drawn anew each time, so that the large sources do not drown the others.
    """

    epochs: int = 6
    batch: int = 512
    rate: float = 3e-3
    temperature: float = 0.05
    keep: float = 0.7
    longest: int = 60
    most: int = 12_000
    threads: int = 1


@dataclass(frozen=True, slots=True)
class _Bagged:
    left: Bags
    right: Bags
    group: Ids  # pairs with one left text are no negatives of each other

    def __len__(self) -> int:
        return len(self.group)


def train(
    table: NDArray[np.float32],
    vocabulary: Vocabulary,
    sets: Sequence[PairSet],
    recipe: Recipe,
    seed: int,
) -> NDArray[np.float32]:
    """Train the rows `(features, dim)` on the pairs; a batch holds pairs of one source only."""
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(recipe.threads)
    draw = np.random.default_rng(seed)
    bagged = [_bag(vocabulary, pairs) for pairs in sets]
    rows = torch.nn.Parameter(torch.from_numpy(table.copy()))
    optimiser = torch.optim.Adam([rows], lr=recipe.rate, fused=True)
    steps = recipe.epochs * sum(min(len(pairs), recipe.most) // recipe.batch for pairs in bagged)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, max(steps, 1))
    for _ in range(recipe.epochs):
        for pairs, places in _batches(bagged, recipe, draw):
            left = _embed(rows, *_drop(pairs.left, places, recipe, draw))
            right = _embed(rows, *_drop(pairs.right, places, recipe, draw))
            loss = _info_nce(left, right, pairs.group[places], recipe.temperature)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return rows.detach().numpy()


def _bag(vocabulary: Vocabulary, pairs: PairSet) -> _Bagged:
    numbers: dict[str, int] = {}
    group = [numbers.setdefault(text, len(numbers)) for text in pairs.left]
    left, right = vocabulary.bags(pairs.left), vocabulary.bags(pairs.right)
    return _Bagged(left, right, np.array(group, dtype=np.int64))


def _batches(
    sets: Sequence[_Bagged], recipe: Recipe, draw: np.random.Generator
) -> Iterator[tuple[_Bagged, Ids]]:
    """Batches of all sets, mixed; a rest smaller than a batch waits for another epoch."""
    size = recipe.batch
    plan: list[tuple[int, Ids]] = []
    for number, pairs in enumerate(sets):
        order = draw.permutation(len(pairs))[: recipe.most]
        plan += [(number, order[i : i + size]) for i in range(0, len(order) - size + 1, size)]
    for place in draw.permutation(len(plan)):
        number, places = plan[place]
        yield sets[number], places


def _drop(bags: Bags, places: Ids, recipe: Recipe, draw: np.random.Generator) -> tuple[Ids, Ids]:
    """A random part of the features of the texts at `places`, with the starts of each."""
    begins, sizes = bags.starts[places], np.diff(bags.starts)[places]
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
    ids = bags.ids[np.repeat(begins, sizes) + within]
    share = np.minimum(recipe.keep, recipe.longest / np.maximum(sizes, 1))
    kept = draw.random(len(ids)) < np.repeat(share, sizes)
    before = np.concatenate([[0], np.cumsum(kept)])
    return ids[kept], before[ends - sizes]


def _embed(rows: "Tensor", ids: Ids, starts: Ids) -> "Tensor":
    import torch
    from torch.nn import functional

    sums = functional.embedding_bag(
        torch.from_numpy(ids), rows, torch.from_numpy(starts), mode="sum"
    )
    return functional.normalize(sums, dim=-1)


def _info_nce(left: "Tensor", right: "Tensor", group: Ids, temperature: float) -> "Tensor":
    """Each left text must find its right one among the batch's, and the other way round."""
    import torch
    from torch.nn import functional

    logits = left @ right.T / temperature
    same = torch.from_numpy(group[:, None] == group[None, :])
    same.fill_diagonal_(False)
    logits = logits.masked_fill(same, -1e4)
    goal = torch.arange(len(group))
    return functional.cross_entropy(logits, goal) + functional.cross_entropy(logits.T, goal)
