"""The questions one can ask about notifications, preferences and e-mails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When

from accounts.letters import MOST_ATTEMPTS
from core.actors import Actor
from core.models import Event
from notifications.sight import in_sight, title_of_subject
from notifications.topics import Channel

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Mailing, Notification, Preferences  # noqa: F401


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Who hears of what. Bookkeeping of one's own, not records: what was read leaves no history."""

    def for_user(self, user: Actor) -> Self:
        """One's own in FlowTrack, about items that exist for this person now."""
        mine = self.in_app().filter(
            in_sight(user, table=self._table, using=self.db), person=user.pk
        )
        return mine if user.is_agent else mine.filter(for_agents=False)

    def for_display(self) -> Self:
        """With what happened, who did it, and what the item is called now."""
        return self.with_doers().annotate(item_title=title_of_subject(table=self._table))

    def with_doers(self) -> Self:
        """With who did it; of what FlowTrack only let through, with who had made it."""
        created = Event.objects.filter(
            subject_type=OuterRef("event__subject_type"),
            subject_id=OuterRef("event__subject_id"),
            action="created",
        )
        let_through = Q(event__subject_type="files.file", event__action="release")
        maker = When(let_through, then=Subquery(created.values("actor__name")[:1]))
        return self.select_related("event__actor").annotate(maker=Case(maker))

    @property
    def _table(self) -> str:
        return self.model._meta.db_table

    def in_app(self) -> Self:
        return self.filter(channel=Channel.IN_APP)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unmailed(self, *, at: datetime) -> Self:
        """What is to be put into e-mails by now, oldest first."""
        return self.filter(channel=Channel.MAIL, mailing=None, due_at__lte=at).order_by("pk")


class MailingQuerySet(models.QuerySet["Mailing"]):
    """E-mails: waiting, sent, dropped, failed."""

    def for_user(self, user: Actor) -> Self:
        """The admins' business, also what goes to others."""
        return self if user.is_admin else self.none()

    def unsent(self, *, at: datetime, attempts: int) -> Self:
        """What to send now, unless it failed too often."""
        waiting = self.filter(sent_at=None, dropped_at=None)
        return waiting.filter(due_at__lte=at, attempts__lt=attempts)

    def in_state(self, state: str) -> Self:
        """What is sent, dropped, failed or waiting."""
        asked = {
            "sent": Q(sent_at__isnull=False),
            "dropped": Q(dropped_at__isnull=False),
            "failed": Q(sent_at=None, dropped_at=None, attempts__gte=MOST_ATTEMPTS),
        }
        waiting = Q(sent_at=None, dropped_at=None, attempts__lt=MOST_ATTEMPTS)
        return self.filter(asked.get(state, waiting))


class PreferencesQuerySet(models.QuerySet["Preferences"]):
    """What people chose."""

    def by_person(self, people: Iterable[User]) -> dict[int, Preferences]:
        """The preferences of each of these people; what nobody has saved yet is as usual."""
        everybody = list(people)
        found = {each.person_id: each for each in self.filter(person__in=everybody)}
        return {each.pk: found.get(each.pk) or self.model(person=each) for each in everybody}

    def of(self, person: Any) -> Preferences:
        """This person's."""
        return self.by_person([person])[person.pk]
