"""What a job's function is given: whose job it is, and how to tell how far it has come."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from accounts.models import User
from core.api.problems import as_refused
from core.errors import NotPermitted, Refused, RetryLater
from core.transactions import atomic_with_retry
from jobs.lease import lease_end
from jobs.models import Job, Line, Run
from jobs.models.line import LONGEST, MOST

T = TypeVar("T")
REFUSALS_KEPT = 200

stopping = threading.Event()
"""Set when this process has been asked to stop: jobs are put back at their next word."""


class Stopped(BaseException):
    """This attempt is over: it was cancelled, or another worker has the job."""


class Interrupted(BaseException):
    """The worker is asked to stop; another one goes on where this one was."""


class Work:
    """One attempt at a job. Every word about its progress also asks whether it shall go on."""

    def __init__(self, job: Job, *, echo: Callable[[str], object] | None = None) -> None:
        self.job, self._echo = job, echo
        run = Run.objects.get(pk=job.pk)
        self.done, self._kept = run.done, run.kept
        self._owner = self._owner_now()

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What the job was given."""
        return self.job.arguments

    @property
    def owner(self) -> User | None:
        """On whose behalf it runs, with the rights of now; None is FlowTrack itself."""
        return self._owner

    @property
    def kept(self) -> Mapping[str, Any]:
        """What earlier attempts have left to this one."""
        return self._kept

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far it is. Ends the attempt where it is not wanted any more."""
        self._go_on_or_not()
        said: dict[str, Any] = {"done": done, "message": message[:200]}
        self._report(**said, **({} if total is None else {"total": total}))

    def log(self, text: str, *, level: Line.Level = Line.Level.INFO) -> None:
        """Add a line to the job's log."""
        if self._echo:
            self._echo(text)
        lines = Line.objects.filter(job=self.job)
        if lines.count() < MOST:
            text = text.replace("\x00", "")[:LONGEST]
            lines.create(job=self.job, attempt=self.job.attempt, level=level, text=text)

    def each(self, items: Sequence[T], do: Callable[[T], object]) -> dict[str, Any]:
        """Do something once with each item, over all attempts: effect and position commit together.

        ``items`` have to be the same, in the same order, in every attempt. A refusal concerns its
        item alone. Answers with how many were done and which were refused, and why.
        """
        for position in range(self.done, len(items)):
            self._go_on_or_not()
            self._once(items[position], position + 1, len(items), do)
        refused = self._kept.get("refused", [])
        count = self._kept.get("refusals", 0)
        return {"done": len(items) - count, "refused": count, "refusals": refused}

    def keep(self, **what: Any) -> None:
        """Leave something to the next attempt; in a transaction, together with what it tells of."""
        self._kept |= what
        self._report(kept=self._kept)

    def _once(self, item: T, done: int, total: int, do: Callable[[T], object]) -> None:
        def effect() -> None:
            do(item)
            # Last, so that the heartbeat waits for no item.
            self._report(done=done, total=total)

        try:
            atomic_with_retry(effect)
        except Exception as error:
            no = as_refused(error)
            if no is None or isinstance(no, RetryLater):
                raise
            self._note(item, no)
            self._report(done=done, total=total, kept=self._kept)
        self.done = done

    def _note(self, item: Any, no: Refused) -> None:
        refusals = self._kept.setdefault("refused", [])
        self._kept["refusals"] = self._kept.get("refusals", 0) + 1
        if len(refusals) < REFUSALS_KEPT:
            refusals.append({"item": str(item), "code": no.code, "detail": no.detail})

    def _go_on_or_not(self) -> None:
        if stopping.is_set():
            raise Interrupted
        if not Run.objects.held(self.job.pk, self.job.attempt).exists():
            raise Stopped
        self._owner = self._owner_now()

    def _owner_now(self) -> User | None:
        """Read afresh: whoever was deactivated meanwhile has nothing more done for them."""
        if self.job.owner_id is None:
            return None
        owner = User.objects.with_rights().get(pk=self.job.owner_id)
        if not owner.is_active:
            raise NotPermitted("Whoever asked for this has no account any more.")
        return owner

    def _report(self, **said: Any) -> None:
        held = Run.objects.held(self.job.pk, self.job.attempt)
        if not held.update(leased_until=lease_end(), **said):
            raise Stopped
