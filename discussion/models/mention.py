"""Who is named in a comment."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Mention(models.Model):
    """A comment names somebody who may read it; follows from its words."""

    comment = models.ForeignKey(
        "discussion.Comment", models.PROTECT, related_name="mentions", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")

    class Meta:
        constraints = [
            # Named once, however often; also finds the names in a comment.
            models.UniqueConstraint(fields=["comment", "person"], name="discussion_mention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.comment_id}"
