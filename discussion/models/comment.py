"""What somebody wrote on an item, and its whole life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.errors import FieldError, InvalidInput, NotFound
from core.fields import Move, StatusField
from core.lifecycle import Rule, nobody, refused_by
from core.lifecycle.holding import hold
from core.models import Attached
from discussion import mentions, policies
from discussion.querysets import CommentQuerySet

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 10_000


class Comment(Attached):
    """Words on an item: for everybody who sees it, or among agents."""

    class Status(models.TextChoices):
        VISIBLE = "visible"
        REDACTED = "redacted"

    SETTLED = frozenset({"is_internal", "subject_type", "subject_id", "author_id"})

    withheld_in: ClassVar[dict[str, frozenset[str]]] = {"redacted": frozenset({"body"})}
    tones: ClassVar[dict[str, str]] = {"visible": "neutral", "redacted": "cancelled"}

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="comments",
        help_text="Empty is FlowTrack itself.",
    )
    body = models.TextField(validators=[MaxLengthValidator(LONGEST)], help_text="Markdown.")
    is_internal = models.BooleanField(
        "internal", blank=True, help_text="Whether it exists for agents only."
    )
    redacted_at = models.DateTimeField(null=True, editable=False)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    status = StatusField(Status)

    objects = CommentQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.internal_only_by_agents)
    editable: ClassVar[Rule] = Rule(policies.author, [policies.not_redacted])
    removable: ClassVar[Rule] = Rule(nobody)  # what was said is taken away, not gone

    class Meta:
        indexes = [
            # What was written on one item, in the order of writing.
            models.Index(fields=["subject_type", "subject_id", "id"], name="discussion_on_item"),
        ]
        constraints = [
            # What was taken away says nothing any more.
            models.CheckConstraint(
                condition=~Q(status="redacted") | Q(body=""), name="discussion_comment_redacted"
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} on {self.subject_reference}"

    @transition(status, Status.VISIBLE, Status.REDACTED, permission=policies.author_or_agent)
    def redact(self, *, actor: User | None = None) -> None:
        """Hide the words, in every version, from everybody; that there were some stays.

        The ledger is never rewritten: whoever administers the database still finds them there.
        """
        self.body = ""
        self.redacted_at = clock.now()
        self.redacted_by = actor

    @property
    def is_redacted(self) -> bool:
        return self.status == self.Status.REDACTED

    @property
    def is_edited(self) -> bool:
        """Whether it says something else than at first."""
        return self.version > 1 and not self.is_redacted

    @property
    def mentioned(self) -> list[dict[str, Any]]:
        """Whom it names; loaded with the row by `for_display()`, else one query."""
        rows = self.__dict__.get("mention_rows")
        if rows is None:
            people = self.mentions.select_related("person")
            rows = [each.person.summary() for each in people]
        return sorted(rows, key=lambda row: row["id"])

    @classmethod
    def locked_first(
        cls, item: Comment, inputs: Mapping[str, Any]
    ) -> Iterable[models.QuerySet[Any]]:
        """The item before what hangs on it."""
        known = cls._base_manager.filter(pk=item.pk).values_list("subject_type", "subject_id")
        found = known.first()
        if found is None:
            return []
        model = cls(subject_type=found[0]).subject_model
        subject: Any = model(pk=found[1])  # type: ignore[misc]
        return [*model.locked_first(subject, {}), model._base_manager.filter(pk=found[1])]

    def before_create(self, actor: Actor | None) -> None:
        """Hold the item, so that of two first answers one is the first; where nothing was said, it says who reads."""
        if not hold(self.subject_model, self.subject_id):
            raise NotFound
        self._refuse_what_is_closed(actor)
        self.author_id = actor.pk if actor else None
        unsaid: bool | None = self.is_internal
        if unsaid is None:
            among_agents = self.subject_model.comments_start_internal
            self.is_internal = bool(among_agents and actor is not None and actor.is_agent)

    def after_create(self, actor: Actor | None) -> None:
        """Whoever is named is remembered; the item hears that it was answered where everybody reads."""
        mentions.remember(self)
        item = self.subject_seen_by(None)
        if item is not None and not self.is_internal:
            item.was_answered(actor)

    def after_save(self, moves: Sequence[Move]) -> None:
        super().after_save(moves)
        mentions.remember(self)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Only the words change: what was said among agents is never made public."""
        settled = sorted(name.removeprefix("is_") for name in changed & self.SETTLED)
        if settled:
            said = "This is settled when the comment is made."
            raise InvalidInput(errors=[FieldError(name, "settled", said) for name in settled])
        self._refuse_what_is_closed(actor)

    def _refuse_what_is_closed(self, actor: Actor | None) -> None:
        """The kind of item says when nothing is written on it; it is held."""
        item = self.subject_seen_by(None)
        if item is not None and (refused := refused_by(item.discussable, item, actor)):
            raise refused
