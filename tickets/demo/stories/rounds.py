"""Work that nobody has to report: it is planned."""

from tickets.demo.stories.story import Job

EMERGENCY_LIGHTS = Job(
    title="Monthly test of the emergency lights, {site}",
    checklist="Emergency lights",
    team="Facilities crew",
    hours=2.5,
    points=["Every lamp lit for ten minutes", "Result entered in the book"],
    extras=["Dead batteries counted"],
    notes=["All lit. Two batteries are weak, exchanged.", "All lit."],
)
FIRE_DOORS = Job(
    title="Walk through the fire doors, {site}",
    checklist="Fire doors",
    team="Facilities crew",
    hours=2,
    points=["Each door closes by itself", "Nothing stands in front of it"],
    notes=["Two were wedged open, wedges are now in our cupboard.", "All close."],
)
ROUNDS = [
    EMERGENCY_LIGHTS,
    FIRE_DOORS,
    Job(
        title="Change the filters of the air handling, {site}",
        checklist="Air handling",
        team="Facilities crew",
        hours=3,
        points=["Unit switched off", "Filters changed", "Pressure noted"],
        notes=["Filters changed, 110 Pa.", "Filters changed; belt is worn, order one."],
    ),
    Job(
        title="Safety test of the infusion pumps, ward {room}",
        checklist="Infusion pumps",
        team="Clinic devices",
        hours=4,
        points=["Electrical safety", "Alarms", "Stickers renewed"],
        extras=["Housings cleaned"],
        notes=["24 tested, 23 passed; one is out of use.", "18 tested and passed."],
    ),
    Job(
        title="Restart and dust out the switch cabinet, {site}",
        checklist="Switch cabinet",
        team="Network",
        hours=1.5,
        points=["Users told the day before", "Restarted", "All links up"],
        notes=["Seven minutes down. All links up.", "Fan tray replaced as well."],
    ),
]
