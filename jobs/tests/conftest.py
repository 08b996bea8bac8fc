"""Workers that the stories of jobs may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from jobs.models import Job
from jobs.work import stopping
from jobs.worker import work_once


@pytest.fixture(autouse=True)
def _nobody_is_stopping() -> Iterator[None]:
    stopping.clear()
    yield
    stopping.clear()


@pytest.fixture
def worked(db: None) -> Callable[[Job], Job]:
    """Does all that is due, and answers with the job as it is then."""

    def work(job: Job) -> Job:
        work_once()
        return Job.objects.for_display().get(pk=job.pk)

    return work
