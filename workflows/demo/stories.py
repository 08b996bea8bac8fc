"""What the projects of the demo are about, and what always has to be done when somebody comes or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Job:
    """A task, by its place on the board; what it waits for is named by places, too."""

    title: str
    hours: float = 2
    after: Sequence[int] = ()
    steps: Sequence[str] = ()


@dataclass(frozen=True)
class Story:
    """A project with one board."""

    name: str
    description: str
    board: str
    jobs: Sequence[Job]
    limits: Mapping[str, int] = field(default_factory=dict)


STORIES = [
    Story(
        "Move of the harbour office",
        "Forty desks, two printers and the archive go across the river.",
        "Moving day",
        [
            Job("Measure the new rooms", 4),
            Job("Order crates", 1, steps=["Two sizes", "Labels", "Delivery to the back door"]),
            Job("Tell everybody which crates are theirs", 2, after=[1]),
            Job("Pack the archive", 8, after=[1], steps=["By year", "Seal", "List what is where"]),
            Job("Book the lift on both sides", 1),
            Job("Carry", 10, after=[2, 3, 4]),
            Job("Plug everything in", 6, after=[0, 5]),
            Job("Hand over the old keys", 1, after=[5]),
        ],
        {"in_progress": 3},
    ),
    Story(
        "A new phone system",
        "The old one is no longer mended.",
        "Change over",
        [
            Job("Ask three companies", 6),
            Job("Compare what they offer", 4, after=[0]),
            Job("Try it with the front desk", 10, after=[1], steps=["Calls", "Voice mail", "Queue"]),
            Job("Move the numbers", 3, after=[2]),
            Job("Show everybody how", 6, after=[2]),
        ],
        {"in_progress": 2, "blocked": 2},
    ),
    Story(
        "Summer party",
        "For everybody and their families.",
        "Preparations",
        [
            Job("Choose a day", 1),
            Job("Rent the boat house", 2, after=[0]),
            Job("Invite", 1, after=[1]),
            Job("Order food", 2, after=[0], steps=["Without meat", "Without nuts", "Cake"]),
        ],
    ),
    Story(
        "Accessible entrance at the north clinic",
        "A ramp, a door that opens by itself, and signs that can be felt.",
        "Building",
        [
            Job("Talk to those who need it", 4),
            Job("Plan", 8, after=[0]),
            Job("Permission of the city", 2, after=[1]),
            Job("Ramp", 16, after=[2], steps=["Concrete", "Rail", "Grip in rain"]),
            Job("Door", 6, after=[2]),
            Job("Signs", 3, after=[1]),
        ],
        {"in_progress": 2, "blocked": 1},
    ),
    Story(
        "Audit of next year",
        "What the auditors asked for last time, ready before they ask.",
        "Papers",
        [
            Job("Read last year's remarks", 2),
            Job("Collect contracts", 6, after=[0]),
            Job("Collect access lists", 4, after=[0]),
            Job("Have somebody else read it", 3, after=[1, 2]),
        ],
    ),
]  # fmt: skip

BLOCKS = ["Waiting for an answer from outside.", "The part is on its way.", "Nobody has the key."]
WORDS = [
    "This took longer than I thought, but it is fine now.",
    "Could somebody look over this?",
    "Done as **agreed**; the bill is with accounts.",
    "See the list in the shared folder.",
]


def _template(*tasks: tuple[str, str, int, list[str], list[str]]) -> list[dict[str, Any]]:
    names = ("key", "role", "due_after_days", "depends_on", "checklist")
    return [
        {"title": title, **dict(zip(names, (f"t{place}", *said), strict=True))}
        for place, (title, *said) in enumerate(tasks, start=1)
    ]


TEMPLATES: Mapping[str, list[dict[str, Any]]] = {
    "On-boarding": _template(
        ("Order a laptop", "assignee", 1, [], ["Size", "Keyboard", "Bag"]),
        ("Make accounts", "assignee", 2, [], ["Mail", "Calendar", "Shared folders"]),
        ("Badge and keys", "assignee", 3, [], []),
        ("Desk and chair", "facilities", 4, [], []),
        ("Set up the laptop", "assignee", 5, ["t1", "t2"], ["Update", "Sign in once"]),
        ("Welcome on the first day", "requester", 7, ["t3", "t4", "t5"], []),
        ("Talk after a month", "requester", 30, ["t6"], []),
    ),
    "Off-boarding": _template(
        ("Hand work over", "requester", 3, [], ["List it", "Name somebody for each"]),
        ("Collect laptop and badge", "assignee", 7, [], []),
        ("Close accounts", "assignee", 7, ["t1"], ["Mail", "Calendar", "Keys of programs"]),
        ("Clear the desk", "facilities", 10, ["t2"], []),
    ),
}
