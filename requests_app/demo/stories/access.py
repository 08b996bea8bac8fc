"""Access: systems, doors and forgotten passwords."""

from accounts.demo.places import SITES
from requests_app.demo.stories.story import Story, in_days

STORIES = [
    Story(
        slug="system-access",
        hours=24,
        weight=16,
        asks=[
            (
                "Read access to the data warehouse",
                "For the quarterly utilisation report; read only is enough.",
            ),
            (
                "CRM access for the front desk",
                "Two of us answer the phones now and cannot see the callers.",
            ),
            (
                "Payroll access during parental leave",
                "I stand in for a colleague from next Monday.",
            ),
            (
                "Write access to the case archive",
                "We close the 2019 cases this month and have to tag them.",
            ),
            ("Patient records for the night shift", "The new rota puts me on the ward system."),
            (
                "Finance system, month-end closing",
                "I post accruals for two cost centres from this month on.",
            ),
            ("Access to the CRM test system", "To try the import before we run it for everybody."),
        ],
        answers=lambda random, today: {
            "system": random.choice(
                ["Payroll", "CRM", "Patient records", "Case archive", "Data warehouse", "Finance"]
            ),
            "level": random.choices(["read", "write", "administer"], [6, 3, 1])[0],
            "until": in_days(today, random, 60, 365),
        },
        resolutions=[
            "Added to the group; sign out and in again to see it.",
            "Access given until the end date. You get a reminder a week before.",
            "Set up and tested together on the phone.",
        ],
        denials=[
            "The monthly export already has these numbers; no direct access needed.",
            "Please ask for read access first and tell us which records.",
            "Your predecessor's access has to end before this one starts.",
        ],
    ),
    Story(
        slug="building-access",
        hours=48,
        weight=8,
        asks=[
            (
                "Badge for the harbour office",
                "I work there on Tuesdays and ring the bell every time.",
            ),
            (
                "Access to the server room for the audit",
                "The auditors come on two days; I accompany them.",
            ),
            ("Replacement badge", "Mine broke in half at the lift this morning."),
            (
                "Pharmacy store, early shift",
                "Deliveries arrive at six and nobody with a key is there.",
            ),
            (
                "Evening access to the archive",
                "Trial preparation; we are there until ten this month.",
            ),
            ("Parking barrier", "My plate changed with the new car."),
        ],
        answers=lambda random, today: {
            "site": random.choice(SITES),
            "area": random.choice(["Main entrance", "Archive", "Store", "Server room", "Car park"]),
            "from": in_days(today, random, 1, 14),
        },
        resolutions=[
            "Badge ready at reception; bring some identification.",
            "Doors added to your badge. Hold it to the reader for three seconds the first time.",
        ],
        denials=[
            "Visitors are let in by reception; a badge is not needed for two days.",
            "This area is for pharmacy staff only.",
        ],
    ),
    Story(
        slug="sign-in-reset",
        hours=4,
        weight=12,
        asks=[
            ("Locked out after the holidays", "Too many wrong passwords, I am afraid."),
            (
                "New phone, lost my second factor",
                "The codes are on the old one, which is in the lake.",
            ),
            ("Password of the shared scanner account", "Nobody remembers who changed it."),
            ("Token for the tax portal expired", "We have to file by Thursday."),
            ("Cannot sign in to the CRM", "It says that my account does not exist."),
            ("Remote access stopped asking for a code", "It just says no."),
        ],
        answers=lambda random, today: {
            "system": random.choice(["Windows", "CRM", "Remote access", "Tax portal", "Mail"]),
            "locked_out": random.random() < 0.7,
        },
        resolutions=[
            "Reset; a temporary password went to your phone.",
            "Second factor removed and set up again together.",
            "Unlocked. The old phone was still trying the previous password.",
        ],
    ),
]
