"""Members of a project know each other: they can be given tasks, and be mentioned."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts.acquaintance import circle
from core.actors import Actor
from workflows.models import Member


@circle
def members_of_shared_projects(person: Actor) -> Q:
    """Everybody in a project that exists for this person."""
    return Q(Exists(Member.objects.for_user(person).filter(person=OuterRef("pk"))))
