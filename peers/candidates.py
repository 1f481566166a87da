"""Which projects of the corpus are worth comparing with one: found by search, in few questions."""

from collections import Counter
from collections.abc import Callable

from corpus.records import Project
from index.results import Scope, SearchAnswer, SearchRequest
from peers.alignment import Profile

Search = Callable[[SearchRequest], SearchAnswer]

BY_HEAD = 30
"""Projects looked at because of their name and purpose."""
BY_ROWS = 25
"""Further projects looked at because of what they measure."""

_HITS = 15
_MOST_ROWS = 4
_LONGEST = 200  # characters of a text that is searched for
_CACHED = 20_000


class Candidates:
    """Finds candidates over one index; each indicator is searched for once."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._measuring: dict[str, frozenset[str]] = {}

    def of(self, asked: Profile, own_id: str = "") -> tuple[str, ...]:
        """Ids of projects that may be like this one, by name first; the project itself left out."""
        found: dict[str, None] = {}
        for text in _head_texts(asked.project):
            request = SearchRequest(text, Scope.PROJECT, BY_HEAD, marked=False)
            for hit in self._search(request).hits:
                ids = (hit.project_id, *hit.members)
                found |= dict.fromkeys(one for one in ids if one and len(found) < BY_HEAD)
        met: Counter[str] = Counter()
        for name in _telling_names(asked):
            met.update(self._projects_measuring(name))
        ranked = sorted(met, key=lambda one: (-met[one], one))
        found |= dict.fromkeys([one for one in ranked if one not in found][:BY_ROWS])
        return tuple(one for one in found if one != own_id)

    def _projects_measuring(self, name: str) -> frozenset[str]:
        if name not in self._measuring:
            if len(self._measuring) >= _CACHED:
                self._measuring.clear()
            hits = self._search(SearchRequest(name, Scope.INDICATOR, _HITS, marked=False)).hits
            ids = {member.rpartition("-i")[0] for hit in hits for member in hit.members}
            self._measuring[name] = frozenset(ids - {""})
        return self._measuring[name]


def _head_texts(project: Project) -> list[str]:
    texts = (project.name or project.unit, project.purpose or project.goal)
    return [text[:_LONGEST] for text in texts if text.strip()]


def _telling_names(asked: Profile) -> list[str]:
    """Names of the rows that tell most of their project, each once."""
    rows = asked.project.indicators
    order = sorted(range(len(rows)), key=lambda row: -asked.weights[row])
    names = dict.fromkeys(rows[row].name[:_LONGEST] for row in order if rows[row].name.strip())
    return list(names)[:_MOST_ROWS]
