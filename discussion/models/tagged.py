"""Items that are found again by the words of the common vocabulary."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from core.models import Record

MOST_TAGS = 20
VOCABULARY = "tickets.Tag"
"""Agents keep it beside their queues, above this: so it is named and not imported."""


class Tagged(Record):
    """A record that carries tags."""

    tags = models.JSONField(default=list, blank=True, help_text="Slugs of tags.")

    class Meta:
        abstract = True

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
        if missing := missing_tags(new):
            raise ValidationError({"tags": f"There is no tag {', '.join(missing)}."})


def missing_tags(words: Collection[str]) -> list[str]:
    """Those of the words that the vocabulary does not offer."""
    vocabulary: Any = apps.get_model(VOCABULARY)
    missing: list[str] = vocabulary.objects.missing(words)
    return missing
