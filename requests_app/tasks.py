"""What is done in the background with requests: filling an empty house, for those who try FlowTrack."""

from __future__ import annotations

from itertools import count

from core import clock
from jobs.kinds import Result, kind
from jobs.work import Work
from requests_app.demo.seeder import seed


@kind("demo.seed", title="Make demo data", attempts=1)
def seed_demo(work: Work) -> Result:
    """People and their work of the last ninety days; run again, it adds what is missing."""
    batches = count(1)

    def tell(line: str) -> None:
        work.log(line)
        work.progress(next(batches), message=line)

    added = seed(**work.arguments, until=clock.now(), tell=tell)
    return added._asdict()
