"""What records can be filtered by, as compact codes: masks for filters, counts for facets."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import count, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.layouts.levels import level1_of, level2_of
from corpus.records import Level1, Level2, ValueKind
from errors import UsageError
from index.files import FolderReader, FolderWriter
from index.results import FacetValue
from text.normalise import fold

Mask = NDArray[np.bool_]

# A facet lists its most frequent values only: nobody reads thousands of units.
FACET_LIMIT = 200

# Masks that are kept: filters stay from query to query.
_MASKS = 32

_YES = frozenset({"true", "1", "yes", "y", "是", "可衡量"})
_NO = frozenset({"false", "0", "no", "n", "否", "不可衡量"})

# Fields that know all their values; another one is a slip of the pen, not an empty result.
_CLOSED: dict[str, tuple[str, ...]] = {
    "level1": tuple(Level1),
    "level2": tuple(Level2),
    "value_kind": tuple(ValueKind),
    "measurable": ("true", "false"),
}


class _Ordered(NamedTuple):
    """The values of all fields, those of each in their order; codes `(records, fields)`.

    The codes of field `f`, which are places in `values`, are from `starts[f]` to below
    `starts[f + 1]`.
    """

    values: list[str]
    codes: NDArray[np.int32]
    starts: NDArray[np.int64]

    def listed(self, places: Sequence[int], counts: Sequence[int]) -> tuple[FacetValue, ...]:
        """The first values at these places but "", with how often they are met."""
        found = [
            FacetValue(self.values[place], count)
            for place, count in islice(zip(places, counts, strict=True), FACET_LIMIT + 1)
            if self.values[place]
        ]
        return tuple(found[:FACET_LIMIT])


class Facets:
    """For each field a list of values, and for each record the number of its value in that list.

    `codes` is `(fields, records)` int32.
    """

    def __init__(
        self, fields: Sequence[str], values: Sequence[Sequence[str]], codes: NDArray[np.int32]
    ) -> None:
        self.fields = tuple(fields)
        self._values = dict(zip(fields, values, strict=True))
        self._codes = dict(zip(fields, codes, strict=True))
        self._size = int(codes.shape[1])
        self._mask = lru_cache(_MASKS)(self._made_mask)

    @classmethod
    def of(cls, fields: Sequence[str], records: Sequence[Sequence[str]]) -> "Facets":
        """Code the records; each gives one text per field."""
        none = cls(fields, [()] * len(fields), np.zeros((len(fields), 0), np.int32))
        return none.grown(records)

    def grown(self, records: Sequence[Sequence[str]]) -> "Facets":
        """With further records behind those there are."""
        columns = zip(*records, strict=True) if records else [()] * len(self.fields)
        values, codes = [], []
        for field, column in zip(self.fields, columns, strict=True):
            known = self._values[field]
            numbers = defaultdict(count(len(known)).__next__, zip(known, count(), strict=False))
            new = [numbers[text] for text in column]
            codes.append(np.concatenate([self._codes[field], np.asarray(new, np.int32)]))
            values.append(list(numbers))
        return Facets(self.fields, values, np.asarray(codes, np.int32).reshape(len(values), -1))

    def taken(self, records: NDArray[np.int64]) -> "Facets":
        """Of these records only, in this order."""
        codes = np.asarray([self._codes[field][records] for field in self.fields], np.int32)
        return Facets(self.fields, list(self._values.values()), codes.reshape(len(self.fields), -1))

    @classmethod
    def load(cls, files: FolderReader, name: str) -> "Facets":
        """Read what `save` wrote under this name."""
        values: dict[str, list[str]] = files.json(f"{name}.values.json")
        return cls(list(values), list(values.values()), files.array(f"{name}.codes.npy"))

    def save(self, files: FolderWriter, name: str) -> None:
        """Write values and codes under this name."""
        files.json(f"{name}.values.json", self._values)
        codes = [self._codes[field] for field in self.fields]
        files.array(f"{name}.codes.npy", np.asarray(codes).reshape(len(codes), self._size))

    def values(self, field: str, records: NDArray[np.int64]) -> list[str]:
        """The values of some records; "" where one has none, or the scope has no such field."""
        if field not in self._values:
            return [""] * len(records)
        values = self._values[field]
        return [values[code] for code in self._codes[field][records].tolist()]

    def masks(self, where: Mapping[str, Sequence[str]]) -> dict[str, Mask]:
        """For each field asked for, which records hold one of its values.

        :raises UsageError: an unknown field, or a value that a closed field cannot have.
        """
        masks = {}
        for field, asked in where.items():
            if field not in self._values:
                known = ", ".join(self.fields)
                raise UsageError(f"where: expected a field of {known}; found {field!r}")
            wanted = frozenset([fold(_as_stored(field, text)) for text in asked])
            masks[field] = self._mask(field, wanted)
        return masks

    def _made_mask(self, field: str, wanted: frozenset[str]) -> Mask:
        chosen = np.asarray([text in wanted for text in self._folded[field]], np.bool_)
        if not len(chosen):
            return np.zeros(0, np.bool_)
        mask: Mask = chosen.take(self._codes[field], mode="wrap")
        mask.flags.writeable = False  # it is kept
        return mask

    def counts(
        self, records: NDArray[np.int64], fields: Collection[str]
    ) -> dict[str, tuple[FacetValue, ...]]:
        """How often each value of these fields stands among records, most frequent first, no ""."""
        ordered = self._ordered
        if len(fields) == 1:  # of one column only
            (field,) = fields
            codes = ordered.codes[:, self.fields.index(field)].take(records)
        else:
            codes = ordered.codes.take(records, axis=0).ravel()
        counts = np.bincount(codes, minlength=int(ordered.starts[-1]))
        met = np.flatnonzero(counts)
        times = counts[met]
        starts = met.searchsorted(ordered.starts)
        order = np.lexsort((-times, ordered.starts.searchsorted(met, side="right")))
        places, times = met[order].tolist(), times[order].tolist()
        return {
            field: ordered.listed(places[start:end], times[start:end])
            for field, (start, end) in zip(self.fields, pairwise(starts.tolist()), strict=True)
            if field in fields
        }

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        """The values as they are compared."""
        return {field: list(map(fold, self._values[field])) for field in self.fields}

    @cached_property
    def _ordered(self) -> _Ordered:
        """All codes side by side, made for counting when that is first asked for."""
        values: list[str] = []
        columns, starts = [], [0]
        for field, unordered in self._values.items():
            order = sorted(range(len(unordered)), key=unordered.__getitem__)
            places = np.empty(len(order), np.int32)
            places[order] = np.arange(starts[-1], starts[-1] + len(order))
            values += [unordered[number] for number in order]
            columns.append(places[self._codes[field]])
            starts.append(starts[-1] + len(order))
        codes = np.ascontiguousarray(np.asarray(columns, np.int32).reshape(len(columns), -1).T)
        return _Ordered(values, codes, np.asarray(starts))


def _as_stored(field: str, text: str) -> str:
    """A value as a user writes it (数量指标, 2024年, 是), in the form the records hold."""
    text = fold(text)
    if field == "year":
        return text.removesuffix("年度").removesuffix("年")
    if not text or field not in _CLOSED:
        return text
    if field == "measurable":
        text = "true" if text in _YES else "false" if text in _NO else text
    elif field == "level1":
        text = level1_of(text) or text
    elif field == "level2":
        text = level2_of(text) or text
    if text not in _CLOSED[field]:
        known = ", ".join(_CLOSED[field])
        raise UsageError(f"where: expected for {field} one of {known}; found {text!r}")
    return text
