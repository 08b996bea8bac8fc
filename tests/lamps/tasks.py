"""Kinds of job that the tests ask for."""

import time

from core.errors import ConditionUnmet
from core.lifecycle import create
from core.transactions import atomic_with_retry
from jobs.kinds import kind
from tests.bells.models import Bell


@kind("lamps.once", title="Make a bell", attempts=50)
def once(work):
    def made():
        time.sleep(work.arguments.get("seconds", 0))
        bell = create(Bell(title=work.job.reference), actor=work.owner)
        work.keep(bell=bell.pk)

    if "bell" not in work.kept:
        atomic_with_retry(made)
    return {"bell": work.kept["bell"]}


@kind("lamps.several", title="Make several bells", attempts=50)
def several(work):
    def make(number):
        if number == work.arguments.get("unlucky"):
            raise ConditionUnmet("This one is unlucky.")
        time.sleep(work.arguments.get("seconds", 0))
        create(Bell(title=f"{work.job.reference} {number}"), actor=work.owner)

    return work.each(range(work.arguments["count"]), make)


@kind("lamps.break", title="Break", attempts=2)
def broken(work):
    work.log("About to break.")
    raise ZeroDivisionError("secret of the machine")


@kind("lamps.refuse", title="Refuse")
def refused(work):
    raise ConditionUnmet("There is no lamp.")


@kind("lamps.slow", title="Take its time")
def slow(work):
    for second in range(600):
        work.progress(second, 600, "ticking")
        time.sleep(0.05)
