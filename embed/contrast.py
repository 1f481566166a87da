"""The second half of training: texts that mean the same are drawn together (InfoNCE, torch)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embed.families import BaggedFamilies, Family
from embed.features import Bags, Vocabulary
from embed.pairs import PairSet

if TYPE_CHECKING:
    from torch import Tensor

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    `keep` is the share of a text's features seen at a step, the others are dropped (`concept_keep`
    for phrasings, which are short); `longest` is about the most features of one text seen at a
    step; `most` is the most pairs of one source seen in an epoch, drawn anew each time, so that
    the large sources do not drown the others; `rounds` is how often an epoch sees every phrasing;
    `runs` is how many trainings are averaged.
    """

    epochs: int = 2
    batch: int = 512
    rate: float = 3e-3
    temperature: float = 0.05
    keep: float = 0.7
    concept_keep: float = 0.9
    longest: int = 60
    most: int = 12_000
    rounds: int = 4
    runs: int = 3
    threads: int = 1


@dataclass(frozen=True, slots=True)
class _Bagged:
    left: Bags
    right: Bags
    group: Ids  # pairs with one left text are no negatives of each other

    def __len__(self) -> int:
        return len(self.group)


_Step = Callable[["Tensor"], "Tensor"]
"""The loss of one batch, given the rows."""


def train(
    table: NDArray[np.float32],
    vocabulary: Vocabulary,
    sets: Sequence[PairSet],
    families: Sequence[Family],
    recipe: Recipe,
    seed: int,
) -> NDArray[np.float32]:
    """The rows `(features, dim)` after training: the mean of several runs from one start.

    The mean is better than each of them (model soup: Wortsman et al. 2022). A batch holds pairs of
    one source, or phrasings only.
    """
    import torch

    torch.set_num_threads(recipe.threads)
    bagged = [_bag(vocabulary, pairs) for pairs in sets]
    concepts = BaggedFamilies.of(vocabulary, families)
    total = np.zeros_like(table)
    for run in range(recipe.runs):
        draw = np.random.default_rng(seed + run)
        total += _train_once(table, bagged, concepts, recipe, draw)
    mean: NDArray[np.float32] = total / np.float32(recipe.runs)
    return mean


def _train_once(
    table: NDArray[np.float32],
    sets: Sequence[_Bagged],
    concepts: BaggedFamilies,
    recipe: Recipe,
    draw: np.random.Generator,
) -> NDArray[np.float32]:
    import torch

    rows = torch.nn.Parameter(torch.from_numpy(table.copy()))
    optimiser = torch.optim.Adam([rows], lr=recipe.rate, fused=True)
    steps = recipe.epochs * len(_epoch(sets, concepts, recipe, draw))
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, max(steps, 1))
    for _ in range(recipe.epochs):
        for step in _epoch(sets, concepts, recipe, draw):
            loss = step(rows)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return rows.detach().numpy()


def _epoch(
    sets: Sequence[_Bagged],
    concepts: BaggedFamilies,
    recipe: Recipe,
    draw: np.random.Generator,
) -> list[_Step]:
    """The steps of one epoch, pairs and phrasings mixed."""

    def of_pairs(pairs: _Bagged, places: Ids) -> _Step:
        def loss(rows: "Tensor") -> "Tensor":
            left = _embed(rows, *_drop(pairs.left, places, recipe, draw))
            right = _embed(rows, *_drop(pairs.right, places, recipe, draw))
            return _info_nce(left, right, pairs.group[places], recipe.temperature)

        return loss

    def of_phrasings(texts: Ids, others: Ids, goal: Ids) -> _Step:
        def loss(rows: "Tensor") -> "Tensor":
            left = _embed(rows, *_drop(concepts.bags, texts, kept, draw))
            right = _embed(rows, *_drop(concepts.bags, others, kept, draw))
            return _find_family(left, right, goal, recipe.temperature)

        return loss

    kept = replace(recipe, keep=recipe.concept_keep)
    steps = [of_pairs(pairs, places) for pairs, places in _batches(sets, recipe, draw)]
    for _ in range(recipe.rounds):
        steps += [of_phrasings(*batch) for batch in concepts.rounds(recipe.batch, draw)]
    return [steps[place] for place in draw.permutation(len(steps))]


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


def _find_family(left: "Tensor", right: "Tensor", goal: Ids, temperature: float) -> "Tensor":
    """Each left text must find its family among the right ones, which hold one text of each.

    Twice, because a pair counts both ways too.
    """
    import torch
    from torch.nn import functional

    return 2 * functional.cross_entropy(left @ right.T / temperature, torch.from_numpy(goal))
