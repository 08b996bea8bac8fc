"""People who come and people who leave."""

from random import Random

from requests_app.demo.stories.story import Story, in_days

NAMES = [
    "Ines Moreau", "Tom Aldridge", "Sunita Rao", "Pavel Novak", "Grace Mensah", "Lukas Brandt",
    "Aoife Byrne", "Mateo Ruiz", "Hana Suzuki", "Olga Petrova", "Daniel Okoro", "Emma Lindqvist",
]  # fmt: skip
POSITIONS = ["Paralegal", "Nurse", "Controller", "Physiotherapist", "Case manager", "Receptionist"]


def newcomer(random: Random) -> str:
    return random.choice(NAMES)


STORIES = [
    Story(
        slug="new-colleague",
        hours=240,
        weight=5,
        asks=[
            ("New paralegal, first of the month", "Sits with the litigation team."),
            ("New nurse for the day clinic", "Needs the ward system from the first hour."),
            ("Controller, part time", "Monday to Wednesday; shares a desk."),
            ("Receptionist for the north clinic", "Training with us for the first week."),
            ("Working student", "Twenty hours, only reading access for now."),
        ],
        answers=lambda random, today: {
            "name": newcomer(random),
            "starts_on": in_days(today, random, 7, 45),
            "position": random.choice(POSITIONS),
            "equipment": random.choice(["Office", "Office", "Remote", "Clinic"]),
        },
        resolutions=[
            "Desk, badge, laptop and accounts ready for the first day.",
            "All set up; the welcome folder is at reception.",
        ],
        denials=["The position is not approved yet; please come back with the number."],
    ),
    Story(
        slug="leaving-colleague",
        hours=72,
        weight=3,
        asks=[
            (
                "Close accounts after the last day",
                "Mail forwards to the team until the end of the quarter.",
            ),
            ("Collect equipment of a leaving colleague", "Laptop, phone, two badges, one plant."),
            ("End of contract, consultant", "Access has to end at noon on the last day."),
        ],
        answers=lambda random, today: {
            "name": newcomer(random),
            "last_day": in_days(today, random, 3, 30),
        },
        resolutions=[
            "Accounts closed at noon, equipment returned and signed for.",
            "Done; the plant stays with the team.",
        ],
        denials=["The contract was extended last week; nothing to close."],
    ),
]
