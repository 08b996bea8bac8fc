"""What an item that is promised within some time carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from core import clock
from core.actors import Actor
from core.fields import ChoiceField, Move
from core.lifecycle import mark, status_field
from core.models import WorkItem
from sla.clock import Lifecycle
from sla.clock_reading import read_clock
from sla.evidence import Happening, Past, pasts
from sla.matching import PolicyKind, ServiceFacts


class Escalation(models.TextChoices):
    """The loudest alarm that was raised about an item."""

    NONE = "none"
    WARNED = "warned"
    BREACHED = "breached"


class UnderServiceLevel(WorkItem):
    """A work item with a first response and a resolution that are promised within working time.

    Which policy won, and when it is due, is written in the same save as whatever decides it. The due
    times are an index of the pure function in `sla.clock`: they can be computed anew at any time.
    """

    waits_in: ClassVar[frozenset[str]] = frozenset()
    """Statuses in which it waits on somebody else: the clock pauses, unless the policy says otherwise."""

    done_in: ClassVar[frozenset[str]] = frozenset()
    """Statuses in which the promise was kept or broken: the clock stands until it is reopened."""

    void_in: ClassVar[frozenset[str]] = frozenset()
    """Statuses in which nothing is promised any more."""

    matched_by: ClassVar[frozenset[str]] = frozenset(
        {"priority", "category_id", "department_id", "request_type_id"}
    )
    """The columns that `service_level_facts()` reads: when one changes, a policy is chosen again."""

    ended_column: ClassVar[str]
    """The column that says when it was done; null while it is not."""

    fields_for_agents: ClassVar[frozenset[str]] = frozenset({"sla_policy"})

    status: Any

    sla_policy = models.ForeignKey(
        "sla.Policy",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="service level",
    )
    first_responded_at = models.DateTimeField(null=True, editable=False)
    response_due_at = models.DateTimeField(null=True, editable=False)
    response_warns_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    warns_at = models.DateTimeField(null=True, editable=False)
    next_alarm_at = models.DateTimeField(null=True, editable=False)
    escalation = ChoiceField(Escalation, default=Escalation.NONE, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def policy_kind(cls) -> PolicyKind:
        """Under which name policies speak of it."""
        return PolicyKind(str(cls._meta.verbose_name))

    @classmethod
    def open_in(cls) -> list[str]:
        """Statuses in which the clock goes, or waits."""
        status: Any = status_field(cls)
        known = [value for value, _ in status.flatchoices]
        return [each for each in known if each not in cls.done_in | cls.void_in]

    @classmethod
    def clock_lifecycle(cls) -> Lifecycle:
        return Lifecycle(done_in=cls.done_in, void_in=cls.void_in)

    def service_level_facts(self) -> ServiceFacts | None:
        """What decides which promise is given; None where nothing is promised."""
        raise NotImplementedError(f"{type(self).__name__} does not say what decides its promise.")

    def was_answered(self, actor: Actor | None) -> None:
        """The first time that an agent answers somebody else is the first response."""
        super().was_answered(actor)
        if actor is not None and actor.is_agent and actor.pk != getattr(self, "requester_id", None):
            mark(
                self,
                "responded",
                unless=lambda fresh: fresh.first_responded_at is not None,
                first_responded_at=clock.now(),
            )

    def before_save(self, moves: Sequence[Move]) -> None:
        """Choose the policy again and read the clock again, if what decides them has changed."""
        super().before_save(moves)
        is_new = self._state.adding
        if is_new or not self.matched_by.isdisjoint(self.changed_fields()):
            self.sla_policy_id = self.policy_after(moves)
        decisive = {"sla_policy_id", "first_responded_at"}
        has_moved = any(move.source != move.target for move in moves)
        if is_new or has_moved or not decisive.isdisjoint(self.changed_fields()):
            self._read_the_clock(moves)

    def policy_after(self, moves: Sequence[Move]) -> int | None:
        """The policy that it is under once these moves are written: of those that fit, the first."""
        facts = self.service_level_facts()
        policies: Any = apps.get_model("sla", "Policy").objects
        fitting = policies.fitting(self.policy_kind(), facts) if facts else policies.none()
        first: int | None = fitting.values_list("pk", flat=True).first()
        return first

    def _read_the_clock(self, moves: Sequence[Move]) -> None:
        past = [*([] if self._state.adding else pasts([self])[self.pk]), *self._pending(moves)]
        for name, value in read_clock(self, past, now=self.saving_at).kept.as_fields().items():
            setattr(self, name, value)

    def _pending(self, moves: Sequence[Move]) -> Past:
        """What this save is about to write into the history, at the moment that its Events will bear."""
        at, before = self.saving_at, self._loaded.get("sla_policy_id")
        pending = [Happening(at, each.action, each.source, each.target) for each in moves]
        if not self._state.adding and before != self.sla_policy_id:
            pending.append(Happening(at, "", policy=(before, self.sla_policy_id)))
        return pending


def under_service_levels() -> dict[PolicyKind, type[UnderServiceLevel]]:
    """Every kind of item to which policies can apply."""
    models_of = (each for each in apps.get_models() if issubclass(each, UnderServiceLevel))
    return {model.policy_kind(): model for model in models_of}
