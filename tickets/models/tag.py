"""Words by which tickets are found again."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from core.actors import Actor
from core.errors import InvalidInput
from core.lifecycle import Rule
from core.models import Record
from tickets import policies
from tickets.querysets import TagQuerySet

SLUG = r"^[a-z0-9][a-z0-9_-]*\Z"
"""How a tag is written."""


class Tag(Record):
    """One word of the common vocabulary; tickets name it by its slug, which stays."""

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent)

    slug = models.SlugField(
        max_length=40, unique=True, validators=[RegexValidator(SLUG, "Use lower case only.")]
    )
    description = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(
        "active", default=True, help_text="Whether it can be put on tickets."
    )

    objects = TagQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Tickets name it by its slug."""
        if "slug" in changed:
            raise InvalidInput.of("slug", "This is settled when the tag is made.", code="settled")
