"""What is set up before the first ticket of the demo comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.demo.people import Cast
from core import clock
from core.lifecycle import create
from core.models import Record
from tickets.demo import furniture
from tickets.demo.diary import Diary
from tickets.models import CannedReply, ChecklistTemplate, RoutingRule, Schedule, Tag, Ticket

CATEGORIES: Any = Ticket._meta.get_field("category").related_model


@dataclass
class Setting:
    """What a life in the demo finds."""

    cast: Cast
    categories: Mapping[str, Any]
    checklists: Mapping[str, ChecklistTemplate]
    diary: Diary = field(default_factory=Diary.of_the_house)


def furnish(cast: Cast, *, since: datetime) -> Setting:
    """Set up what is not there yet."""
    categories = {each.slug: each for each in CATEGORIES.objects.all()}
    with clock.at(since):
        _settle(Tag, "slug", furniture.tags())
        _settle(RoutingRule, "name", furniture.rules(cast, categories))
        _settle(CannedReply, "title", furniture.replies())
        _settle(ChecklistTemplate, "name", furniture.checklists())
        checklists = {each.name: each for each in ChecklistTemplate.objects.all()}
        coming = furniture.schedules(cast, categories, checklists, since=since)
        _settle(Schedule, "title", coming)
    return Setting(cast, categories, checklists)


def _settle(model: type[Record], key: str, wanted: Iterable[Record]) -> None:
    """Create those that nobody has made before."""
    known = set(model._default_manager.values_list(key, flat=True))
    for each in wanted:
        if getattr(each, key) not in known:
            create(each, actor=None)
