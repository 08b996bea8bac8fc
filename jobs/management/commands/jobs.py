from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock, references
from core.errors import Refused
from core.lifecycle import perform
from jobs.failing import sweep
from jobs.models import Job, Run


class Command(BaseCommand):
    help = "See background work, the newest first; try again what failed, take back what is stuck."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--failed", action="store_true", help="only what was given up")
        parser.add_argument(
            "--stuck", action="store_true", help="take back what silent workers hold, and show it"
        )
        parser.add_argument("--retry", nargs="+", metavar="ID", help="try these again, or `failed`")
        parser.add_argument("--limit", type=int, default=50, help="at most so many")

    def handle(
        self,
        *args: Any,
        failed: bool,
        stuck: bool,
        retry: list[str] | None,
        limit: int,
        **options: Any,
    ) -> None:
        if limit < 1:
            raise CommandError("--limit is 1 or more.")
        if retry:
            self._retry(self._named(retry))
            return
        rows = Job.objects.for_display().order_by("-pk")
        if stuck:
            rows = rows.filter(pk__in=[run.pk for run in Run.objects.silent()])
        elif failed:
            rows = rows.filter(status=Job.Status.FAILED)
        shown = list(rows[:limit])
        for job in shown:
            self._show(job)
        self.stdout.write(f"{len(shown)} shown.")
        if stuck:
            self.stdout.write(f"{sweep()} were taken back.")

    def _retry(self, jobs: Iterable[Job]) -> None:
        refused = 0
        for job in jobs:
            try:
                perform(job, "retry", actor=None)
            except Refused as no:
                refused += 1
                self.stderr.write(f"{job.reference}: {no.detail}")
            else:
                self.stdout.write(f"{job.reference} will be tried again.")
        if refused:
            raise CommandError(f"{refused} could not be tried again.")

    def _named(self, given: list[str]) -> list[Job]:
        if given == ["failed"]:
            return list(Job.objects.filter(status=Job.Status.FAILED).order_by("pk"))
        return [self._one(each) for each in given]

    def _one(self, given: str) -> Job:
        key = references.parse(Job, given)
        job = Job.objects.filter(pk=key).first() if key is not None else None
        if job is None:
            raise CommandError(f"There is no job {given}.")
        return job

    def _show(self, job: Job) -> None:
        run = job.run
        far = f"{run.percent}%" if run.percent is not None else ""
        since = f"{clock.timestamp(job.created_at)[:16].replace('T', ' ')}"
        self.stdout.write(
            f"{job.reference:<10} {job.status:<10} {far:>4} {job.attempt:>3} {since} {job.kind:<28}"
            f" {job.title}{': ' + job.error if job.error else ''}".rstrip()
        )
