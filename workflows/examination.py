"""What `manage.py doctor` looks for in projects."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from core.doctor import Finding, examination
from workflows.models import Project


@examination("projects")
def somebody_answers() -> Iterator[Finding]:
    """For each project somebody answers who can still sign in."""
    orphans = Project.objects.exclude(owner__status="active").order_by("owner__email")
    for email, many in orphans.values_list("owner__email").annotate(many=Count("pk")):
        yield Finding(
            f"{email} is deactivated and answers for {many} projects.",
            f"Run manage.py transfer_projects --from {email} --to somebody else.",
        )
