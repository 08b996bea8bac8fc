"""Facilities: rooms, and what breaks in them."""

from accounts.demo.places import SITES, room
from requests_app.demo.stories.story import Story
from tickets.demo.stories import MOVE, REPAIR

STORIES = [
    Story(
        slug="workplace-change",
        hours=120,
        weight=6,
        asks=[
            ("Move the claims team together", "They shout across the corridor."),
            ("Quiet room for depositions", "The present one is next to the coffee machine."),
            ("Desk near a window", "Doctor's advice; the note is with HR."),
            ("Meeting room with a screen for eight", "Every other Wednesday, until spring."),
            ("Space for two interns", "July and August, they share a desk."),
        ],
        answers=lambda random, today: {
            "from_room": room(random),
            "to_room": room(random),
            "people": random.choice([1, 1, 2, 4, 6, 8]),
        },
        visits=0.6,
        job=MOVE,
        resolutions=[
            "Moved on Friday afternoon; phones and network follow the desks.",
            "Room booked as a series, key at reception.",
        ],
        denials=[
            "This room becomes a treatment room in spring.",
            "Please agree with the team that sits there first; they have not heard of it.",
        ],
    ),
    Story(
        slug="building-repair",
        hours=72,
        weight=11,
        asks=[
            (
                "Flickering light over the stairs",
                "On and off since yesterday; somebody will stumble.",
            ),
            ("Radiator does not turn off", "Twenty-eight degrees, windows open, in November."),
            ("Dripping tap in the kitchen", "It has a rhythm by now."),
            ("Automatic door closes too fast", "It nearly caught a patient with a walking frame."),
            ("Toilet on the second floor out of order", ""),
            ("Ceiling tile came down", "Nobody was under it, this time."),
            ("Smell of burning near the copier", "Switched off and unplugged for now."),
            ("Blinds stuck half way", "Half of us squint."),
        ],
        answers=lambda random, today: {
            "site": random.choice(SITES),
            "room": room(random),
            "is_dangerous": random.random() < 0.2,
        },
        visits=0.5,
        job=REPAIR,
        resolutions=[
            "Replaced the fuse and the lamp.",
            "Valve changed; please let us know if it starts again.",
            "Fixed by the contractor, under warranty.",
            "Adjusted, tested twenty times, holds.",
        ],
    ),
]
