"""Questions that come again while one document is reviewed: asked once, answered from memory.

Rows of one family ask for the same family, and a row is asked about with its project and without.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.store.stored import StoredIndicator
from index.results import Scope, SearchAnswer, SearchRequest

Search = Callable[[SearchRequest], SearchAnswer]
Rows = Callable[[Sequence[str]], Sequence[StoredIndicator]]
Conditions = tuple[tuple[str, tuple[str, ...]], ...]

_ANSWERS = 128
_ROWS = 4096


def remembering(search: Search) -> Search:
    """The same search, which remembers its last answers; for one generation of an index."""

    @lru_cache(maxsize=_ANSWERS)
    def found(
        text: str, scope: Scope, top: int, where: Conditions, marked: bool, anyway: bool
    ) -> SearchAnswer:
        return search(SearchRequest(text, scope, top, dict(where), marked, anyway))

    def asked(request: SearchRequest) -> SearchAnswer:
        where = tuple((field, tuple(values)) for field, values in sorted(request.where.items()))
        return found(
            request.text, request.scope, request.top, where, request.marked, request.anyway
        )

    return asked


def remembering_rows(rows: Rows) -> Rows:
    """The same rows by id, read once; rows that are not there are asked for again."""
    known: dict[str, StoredIndicator] = {}

    def read(ids: Sequence[str]) -> Sequence[StoredIndicator]:
        if len(known) > _ROWS:
            known.clear()
        new = [own_id for own_id in ids if own_id not in known]
        known.update({stored.id: stored for stored in rows(new)} if new else {})
        return [known[own_id] for own_id in ids if own_id in known]

    return read
