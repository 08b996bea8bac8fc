"""Doors, heating, light and water."""

from tickets.demo.stories.story import Job, Story

STORIES = [
    Story(
        category="facilities",
        team="Facilities crew",
        tags=["heating"],
        weight=11,
        hours=10,
        reports=[
            ("Radiator in {room} stays cold", "We work in coats."),
            ("Heating bangs at night", "The night shift at {site} thinks somebody knocks."),
            ("{room} has 29 degrees", "Windows open, heating on, nobody can turn it down."),
            ("Air conditioning drips on a desk", "{room}, third desk from the window."),
        ],
        questions=[
            ("Does the valve turn at all?", "It turns all the way round, and round again."),
            ("Is it only this room, or the whole side?", "The whole side towards the harbour."),
        ],
        remarks=[
            "Pump 2 runs against a closed valve.",
            "Filter was last changed 14 months ago, it is on nobody's plan.",
        ],
        waits=[
            "Valve ordered, comes with the next delivery.",
            "The heating engineer comes on Monday.",
        ],
        resolutions=[
            "Valve replaced, 21 degrees at the desk.",
            "Bled the whole line; it was full of air.",
            "Drain unblocked, filter changed, desk dried.",
        ],
        complaints=["Cold again since the weekend.", "It drips on the next desk now."],
        visits=0.85,
        job=Job(
            title="Look at the heating in {room}",
            checklist="Heating",
            hours=2,
            points=[
                "Supply shut off",
                "Valve checked or replaced",
                "Bled and refilled",
                "Temperature noted",
            ],
            extras=["Filter date written on the unit"],
            notes=[
                "Valve stuck, replaced. 21.5 degrees after an hour.",
                "Bled four radiators. The expansion tank needs a look next year.",
            ],
        ),
    ),
    Story(
        category="facilities",
        team="Facilities crew",
        tags=["door", "safety"],
        weight=10,
        hours=6,
        reports=[
            ("Door to {room} does not lock", "It closes, it just does not mean it."),
            ("Badge reader at {site} stays red", "For everybody, since the power cut."),
            ("Automatic door stays open", "It is cold in the hall, and anybody walks in."),
            ("Fire door is wedged open again", "With a fire extinguisher, of all things."),
        ],
        questions=[("Can you lock it with the key from inside?", "Yes, but then nobody gets in.")],
        remarks=[
            "Controller lost its date in the power cut.",
            "Closer leaks oil. Second one of that delivery.",
        ],
        waits=["Locksmith ordered.", "A new closer is on its way; a guard stands there meanwhile."],
        resolutions=[
            "Lock case replaced, keys stay the same.",
            "Reader has the right time again; all badges work.",
            "Closer changed and adjusted: seven seconds, as the rules want it.",
        ],
        complaints=["It locks now, but it does not open.", "Red again this morning."],
        visits=0.8,
        job=Job(
            title="Repair the door to {room}",
            checklist="Doors",
            hours=1.5,
            points=["Way out tested from inside", "Lock and closer tested ten times"],
            extras=["Photo of the type plate"],
            notes=[
                "Closer replaced. Closes in seven seconds.",
                "Strike plate moved by 2 mm, locks.",
            ],
        ),
    ),
    Story(
        category="facilities",
        team="Facilities crew",
        tags=["light", "water"],
        weight=9,
        hours=8,
        reports=[
            ("Lights on the stairs flicker", "Between the first and the second floor at {site}."),
            ("Water on the floor in {room}", "Clear, cold, and more of it since I began to write."),
            ("Tap does not stop", "Kitchen next to {room}."),
            ("Emergency exit sign is dark", "At the end of the corridor near {room}."),
        ],
        questions=[("Is there electricity near the water?", "The extension lead hangs, luckily.")],
        remarks=[
            "Main valve of that floor is behind the copier.",
            "Same ballast as on the third floor.",
        ],
        waits=["Spare part ordered."],
        resolutions=[
            "Seal replaced, floor dried, nobody slipped.",
            "New driver and lamp; the whole stairs are changed next month.",
            "Battery and lamp of the sign replaced, test is in the book.",
        ],
        complaints=["It flickers on the next floor now."],
        visits=0.75,
        job=Job(
            title="See to light and water near {room}",
            checklist="Light and water",
            hours=1,
            points=["Area made safe", "Part replaced", "Tested"],
            notes=["Seal and cartridge replaced.", "Driver replaced, tested for ten minutes."],
        ),
    ),
]
