"""Items that are found again by the words of the common vocabulary."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from core.actors import Actor
from core.errors import NotPermitted
from core.models import Record
from tickets.models.tag import Tag

MOST_TAGS = 20


class Tagged(Record):
    """A record on which agents put tags."""

    tags = models.JSONField(default=list, blank=True, help_text="Slugs of tags.")

    class Meta:
        abstract = True

    def before_create(self, actor: Actor | None) -> None:
        super().before_create(actor)
        if self.tags:
            _refuse_all_but_agents(actor)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Tags are the agents' own order."""
        super().before_change(changed, actor)
        if "tags" in changed:
            _refuse_all_but_agents(actor)

    def clean(self) -> None:
        """Tags come from the common vocabulary; one that was retired since stays where it is."""
        super().clean()
        if not self._state.adding and "tags" not in self.changed_fields():
            return
        if not isinstance(self.tags, list) or not all(isinstance(tag, str) for tag in self.tags):
            raise ValidationError({"tags": "Give a list of tags."})
        self.tags = sorted(set(self.tags))
        if len(self.tags) > MOST_TAGS:
            raise ValidationError({"tags": f"At most {MOST_TAGS} tags."})
        new = set(self.tags).difference(self._loaded.get("tags") or ())
        if missing := Tag.objects.missing(new):
            raise ValidationError({"tags": f"There is no tag {', '.join(missing)}."})


def _refuse_all_but_agents(actor: Actor | None) -> None:
    if actor is not None and not actor.is_agent:
        raise NotPermitted("Only agents tag.")
