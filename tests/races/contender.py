"""One of several processes that race: it approves each request whose id it reads, and says how it went.

``python -m tests.races.contender prepare ROUNDS`` makes the people and requests and prints the ids;
``python -m tests.races.contender race EMAIL`` then reads ids from standard input.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from accounts.models import Approver, Department, User  # noqa: E402
from core.errors import Refused  # noqa: E402
from core.lifecycle import perform  # noqa: E402
from requests_app.models import ServiceRequest  # noqa: E402
from requests_app.tests.making import ask  # noqa: E402


def prepare(rounds: int) -> None:
    """Two approvers, and requests that need one approval."""
    department = Department.objects.get(slug="legal")
    people = {
        name: User(email=f"{name}@flowtrack.example", name=name) for name in ("ann", "mia", "tom")
    }
    for user in people.values():
        user.save()
    for name in ("mia", "tom"):
        Approver(department=department, user=people[name]).save()
    for pk in needing_one_approval(rounds, requester=people["ann"], department=department):
        print(pk)


def needing_one_approval(count: int, *, requester: User, department: Department) -> list[int]:
    """New pending requests, each one approval short of approved; their ids."""
    return [ask(requester, approvals=1, department=department).pk for _ in range(count)]


def race(email: str) -> None:
    """Approve what comes, as fast as it comes; answer `won` or the code of the refusal."""
    approver = User.objects.get(email=email)
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            perform(ServiceRequest(pk=int(line)), "approve", actor=approver)
            print("won", flush=True)
        except Refused as refused:
            print(refused.code, flush=True)


if __name__ == "__main__":
    command, argument = sys.argv[1:]
    prepare(int(argument)) if command == "prepare" else race(argument)
