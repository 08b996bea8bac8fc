"""Hardware: computers and what hangs on them."""

from requests_app.demo.stories.story import Story, asset_tag, in_days

STORIES = [
    Story(
        slug="computer",
        hours=120,
        weight=10,
        asks=[
            ("Laptop for the new paralegal", "She starts on the first of next month."),
            ("Laptop battery lasts twenty minutes", "I cannot get through a single hearing."),
            ("Rugged tablet for ward rounds", "The old one was dropped once too often."),
            (
                "Desktop for the reception",
                "The present one takes nine minutes to start; patients watch.",
            ),
            (
                "Bigger screen size for contract review",
                "I compare two versions side by side all day.",
            ),
            (
                "Replacement after a coffee accident",
                "It dries on the window sill but I have little hope.",
            ),
            ("Loan laptop for a fair", "Three days at the stand, then it comes back."),
        ],
        answers=lambda random, today: {
            "model": random.choices(
                ["13-inch", "15-inch", "Desktop", "Rugged tablet"], [5, 3, 2, 1]
            )[0],
            "replaces": asset_tag(random),
            "needed_by": in_days(today, random, 5, 30),
        },
        resolutions=[
            "Handed over with the data moved; the old one is wiped.",
            "New battery instead of a new computer: lasts six hours again.",
            "Delivered to your desk and signed for.",
        ],
        denials=[
            "Yours is two years old; the policy is four. A memory upgrade is on its way instead.",
            "There is a spare one in your department, with the same specification.",
        ],
    ),
    Story(
        slug="accessory",
        hours=72,
        weight=9,
        asks=[
            ("Second screen", "For spreadsheets next to mail."),
            ("Headset that does not crackle", "Clients ask whether I am calling from a ship."),
            (
                "Docking station for the shared desk",
                "We plug and unplug four cables every morning.",
            ),
            ("Three keyboards for the admissions desk", "The letter E is gone on all of them."),
            ("Webcam for video consultations", "The built-in one shows mostly my chin."),
            ("Left-handed mouse", ""),
            ("Phone for the on-call rota", "It is passed on every Monday."),
        ],
        answers=lambda random, today: {
            "item": random.choice(
                ["Screen", "Headset", "Dock", "Keyboard", "Mouse", "Webcam", "Phone"]
            ),
            "quantity": random.choices([1, 2, 3, 5], [12, 4, 2, 1])[0],
        },
        resolutions=[
            "In your pigeonhole.",
            "From stock, delivered and plugged in.",
            "Out of stock until Friday; lent ours in the meantime, now swapped.",
        ],
    ),
]
