"""What agents write and show among themselves leaves no trace on any route for anybody else: every answer stays the same.

The routes, their filters and what they include are discovered; a new one is asked, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from core import clock
from core.api.filters import PersonFilter, SearchFilter, StrictBooleanFilter
from core.api.item_filter import ItemFilter
from core.lifecycle import change, create, perform
from core.models import WorkItem
from core.models.attached import work_items
from dashboards.figures import FIGURES
from discussion.models import Comment
from discussion.watching import choose
from files.reception import take_in
from files.upkeep import examine
from notifications.outbox import tell_untold
from tests.conformance.calls import sees
from tests.conformance.discovery import OPEN_TO_EVERYBODY, Route, api_routes, surfaces
from tests.conformance.examples import PLACES, example_of

pytestmark = pytest.mark.once

MARKER = "xylophone"
SAME = {"X-Request-ID": "the-same"}


class House:
    """One item of each kind with a public comment, one row of everything else, all an hour old."""

    def __init__(self, people: Any) -> None:
        self.people = people
        self.now = clock.now()
        self.rows: dict[type[Model], Model] = {}
        with clock.at(self.now - timedelta(hours=1)):
            models = {each.model for each in api_routes("GET") if each.model}
            for model in sorted(models, key=lambda each: each.__name__):
                self.rows[model] = example_of(model).make(people)
            for item in self.items:
                who = people.ann if sees(people.ann, item) else people.ben
                said = Comment(body="It flickers, @ben.", is_internal=False).attach_to(item)
                create(said, actor=who)
            tell_untold()

    @property
    def items(self) -> list[WorkItem]:
        """What can be talked about."""
        return [self.rows[model] for model in work_items() if model in self.rows]

    def is_talked_about(self) -> list[Comment]:
        """Ben writes and shows internally on each item, thinks again, takes one back, and listens."""
        ben, comments = self.people.ben, []
        with clock.at(self.now - timedelta(minutes=1)):
            for item in self.items:
                said = Comment(body=f"{MARKER} @ben @ada", is_internal=True).attach_to(item)
                comments.append(change(create(said, actor=ben), actor=ben, body=f"{MARKER} @ada"))
                other = Comment(body=MARKER, is_internal=True).attach_to(item)
                perform(create(other, actor=ben), "redact", actor=ben, note=MARKER)
                choose(item, ben, watching=True)
                name, content = f"{MARKER}.txt", [MARKER.encode()]
                examine(take_in(name, content, actor=ben, item=item, is_internal=True))
            tell_untold()
        return comments

    def answers(self, client: Any, urls: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """What these addresses answer: status, headers and bytes."""
        with clock.at(self.now):
            found = {url: client.get(url, headers=SAME) for url in urls}
            return {
                url: (each.status_code, dict(each.headers), b"".join(each))
                for url, each in found.items()
            }

    def urls(self) -> Iterator[str]:
        """Every readable address, in all ways to ask there."""
        for route in api_routes("GET"):
            if route.pattern in OPEN_TO_EVERYBODY:
                continue  # the schema says the same to all, and takes its time
            queries = ["", *self._queries(route)]
            for place in self._places(route):
                yield from (f"{place}{query}" for query in queries)

    def _places(self, route: Route) -> list[str]:
        if "<reference>" in route.pattern:
            return [route.pattern.replace("<reference>", each.reference) for each in self.items]
        if "<figure>" in route.pattern:
            return [route.pattern.replace("<figure>", each) for each in FIGURES]
        place = route.pattern
        for name, value in PLACES.items():
            place = place.replace(name, value)
        return [place.replace("<pk>", str(self.rows[route.model].pk)) if route.model else place]

    def _queries(self, route: Route) -> Iterator[str]:
        """With everything included, by what changed last, and by each filter."""
        view = self._view(route)
        if view is None:
            return
        if route.action != "export":
            yield f"?include={','.join(sorted(view.includes))}"
            yield from (f"?ordering=-{name}" for name in {"updated_at"} & set(view.orderings))
        filters = view.filterset_class.base_filters if view.filterset_class else {}
        for name, each in filters.items():
            yield from (f"?{name}={value}" for value in self._values(each))

    def _view(self, route: Route) -> Any:
        """The view behind an address that answers many rows."""
        own = getattr(getattr(route.view, route.action, None), "kwargs", {})
        view = route.view(**own) if route.view and route.model else None
        is_many = view is not None and (route.action in {"list", "export"} or view.answers_many)
        return view if is_many else None

    def _values(self, each: Any) -> list[object]:
        if isinstance(each, SearchFilter):
            return [MARKER, "Ben"]
        if isinstance(each, ItemFilter):
            return [item.reference for item in self.items]
        if isinstance(each, PersonFilter):
            return ["me", self.people.ben.pk]
        return ["true", "false"] if isinstance(each, StrictBooleanFilter) else []


@pytest.fixture
def house(people: Any) -> House:
    return House(people)


def test_every_answer_stays_the_same(house, people, api):
    clients = {who: api(getattr(people, who)) for who in ("ann", "zoe", "mia")}
    urls = list(house.urls())
    before = {who: house.answers(client, urls) for who, client in clients.items()}

    comments = house.is_talked_about()

    for who, client in clients.items():
        after = house.answers(client, urls)
        assert [url for url in after if after[url] != before[who][url]] == [], who
        assert [url for url in after if MARKER.encode() in after[url][2]] == [], who
        for comment in comments:
            for way in ("", "history/", "transitions/"):
                assert client.get(f"/api/comments/{comment.pk}/{way}").status_code == 404


def test_whom_it_is_for_finds_it(house, people, api):
    talked = [each for each in surfaces() if "comments" in each.routes]
    below = [
        each.url(rows, house.rows[each.model].pk)
        for each in talked
        for rows in ("comments", "watchers")
    ]
    lists, ada = ["/api/comments/", "/api/comments/?internal=true"], api(people.ada)
    before = house.answers(ada, lists)

    house.is_talked_about()

    after = house.answers(ada, [*lists, *below])
    assert all(after[url] != before[url] for url in lists)
    for comments, watchers in zip(below[::2], below[1::2], strict=True):
        assert MARKER.encode() in after[comments][2]
        assert b"Ben" in after[watchers][2]
