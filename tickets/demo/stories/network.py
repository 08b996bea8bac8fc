"""Cables, radio, and the way in from outside."""

from tickets.demo.stories.story import Job, Story

STORIES = [
    Story(
        category="hardware",
        team="Network",
        tags=["wifi", "network"],
        weight=14,
        hours=7,
        reports=[
            ("Wifi drops every few minutes in {room}", "Calls freeze, then everything comes back."),
            ("No wireless in the corridor near {room}", "One bar, then none."),
            ("Tablets lose the network on rounds", "Always between {room} and the lift."),
            (
                "Guest wifi does not show its sign-in page",
                "Visitors at {site} stare at a blank page.",
            ),
        ],
        questions=[
            ("Does it happen on the cable, too?", "No, the cable is fine."),
            (
                "Which network name do you see when it drops?",
                "The staff one; then the phone jumps to the guest network.",
            ),
        ],
        remarks=[
            "Access point reboots every 40 minutes, the log says power over Ethernet budget.",
            "Same channel as the new one next door. Moving it to 44.",
            "Fourth report from that floor this month.",
        ],
        waits=[
            "A spare access point is on its way.",
            "The switch can only be restarted after six.",
        ],
        resolutions=[
            "Access point replaced; signal is strong from end to end of the corridor.",
            "Moved to a free channel. No drops since yesterday noon.",
            "Firmware updated and power budget raised.",
        ],
        complaints=[
            "It dropped again in the middle of a hearing.",
            "Fine until noon, then gone again.",
        ],
        visits=0.35,
        job=Job(
            title="Replace the access point near {room}",
            checklist="Access point",
            hours=1.5,
            points=[
                "Old unit labelled and packed",
                "New unit mounted and powered",
                "Signal measured",
            ],
            extras=["Ceiling tile closed and clean"],
            notes=[
                "Mounted two metres further left, away from the duct. -48 dBm at the desk.",
                "Replaced like for like. The bracket was loose, too.",
            ],
        ),
    ),
    Story(
        category="access",
        team="Network",
        tags=["vpn", "network"],
        weight=9,
        hours=4,
        reports=[
            ("VPN asks for the code again and again", "I type it, it spins, it asks once more."),
            ("No VPN from the hotel", "Worked at home yesterday. Error 691, if that helps."),
            (
                "VPN connects but the case archive does not open",
                "Mail works, the archive does not.",
            ),
        ],
        questions=[
            ("Is the clock of the phone with the code right?", "It was four minutes late. Oh."),
            ("Which version does the client show at the bottom?", "5.2.1"),
        ],
        remarks=[
            "Token drifted, resynchronised.",
            "The archive's subnet is missing from the split tunnel since Monday's change.",
        ],
        waits=[
            "Waiting for the requester to be back on that network.",
            "The provider looks into it.",
        ],
        resolutions=[
            "Code generator set right again; you are in the log as connected.",
            "The archive is part of the tunnel again. Disconnect and connect once.",
            "The hotel blocks that port; the client now falls back to 443.",
        ],
        complaints=["Two days of peace, now it asks again.", "Still not from the train."],
    ),
    Story(
        category="hardware",
        team="Network",
        tags=["network", "phones"],
        weight=6,
        hours=6,
        reports=[
            ("Desk phone in {room} is dead", "The display is dark, the cable is in."),
            ("Network socket in {room} has no link", "The left one. The right one works."),
            ("Callers hear us with an echo", "The whole front desk at {site}, since this morning."),
        ],
        questions=[
            (
                "What is the number on the socket's label?",
                "Two letters and 114; the rest is worn off.",
            ),
        ],
        remarks=[
            "Port was shut by storm control: somebody looped a cable.",
            "Patch is on panel 3.",
        ],
        waits=["The patch room is locked until the caretaker is back."],
        resolutions=[
            "Patched to another port and labelled.",
            "Port is open again; please do not plug both ends of a cable into the wall.",
            "Echo cancellation was off on the new gateway.",
        ],
        complaints=["It rang once, then it went dark again."],
        visits=0.4,
        job=Job(
            title="Patch and label the socket in {room}",
            checklist="Network socket",
            hours=1,
            points=["Socket measured end to end", "Patched and labelled on both sides"],
            extras=["Patch plan updated"],
            notes=[
                "Cable was broken at the wall plate; new plate.",
                "Done, labelled, plan updated.",
            ],
        ),
    ),
]
