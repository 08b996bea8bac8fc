"""What has to be done on site for a request."""

from tickets.demo.stories.story import Job

MOVE = Job(
    title="Move desks to {room}",
    checklist="Moving desks",
    team="Facilities crew",
    hours=3,
    points=["Ways out stay free", "Desks and chairs moved", "Power and network plugged in"],
    extras=["Old room swept"],
    notes=[
        "Moved and plugged in; everything starts.",
        "Done. One drawer unit is left for pick-up.",
    ],
)
REPAIR = Job(
    title="Repair in {room}, {site}",
    checklist="Small repair",
    team="Facilities crew",
    hours=1.5,
    points=["Area made safe", "Repaired", "Tested with somebody from the room"],
    notes=["Repaired, tested.", "Part replaced, old one disposed of."],
)
