"""Printers, screens and laptops."""

from tickets.demo.stories.story import Job, Story

STORIES = [
    Story(
        category="hardware",
        team="Service desk",
        tags=["printer"],
        weight=15,
        hours=5,
        reports=[
            ("Printer near {room} jams on every second page", "I have become quite good at it."),
            ("Printer at {site} prints stripes", "Grey ones, down the left side."),
            ("Print jobs vanish", "The queue says printed, the tray says otherwise."),
            ("Scanner sends empty pages", "Nine pages of nothing, each time."),
            ("Label printer skips labels", "Every third one. The pharmacy counts on them."),
        ],
        questions=[
            ("Is it every tray, or only the second?", "Only the second, now that you say it."),
            ("Could you put the asset tag from its front here?", "FT-2207"),
        ],
        remarks=[
            "Pickup roller at 212,000 pages. Past its life.",
            "Drum ordered twice last year already; look at a replacement.",
            "Driver from the old server. Moved to the new queue.",
        ],
        waits=["Toner and drum are ordered.", "The manufacturer's technician comes on Thursday."],
        resolutions=[
            "Rollers changed, 200 pages without a jam.",
            "New drum. The stripes are history.",
            "You were on the old queue; the new one is your default now.",
            "Glass cleaned, sensor too.",
        ],
        complaints=["It jams again, with a different sound.", "The stripes are back, thinner."],
        visits=0.45,
        job=Job(
            title="Service the printer near {room}",
            checklist="Printer service",
            hours=1,
            points=["Counter noted", "Worn parts replaced", "Test page attached to the device"],
            extras=["Spare toner in the cupboard"],
            notes=[
                "Rollers and separation pad replaced, counter 212,408.",
                "Cleaned, aligned, test page is fine.",
            ],
        ),
    ),
    Story(
        category="hardware",
        team="Service desk",
        tags=["laptop"],
        weight=12,
        hours=8,
        reports=[
            ("Laptop does not wake up", "Black screen, the fan runs, nothing else."),
            ("Dock loses both screens", "Unplug, plug in, wait, hope. Every morning."),
            ("Battery swells", "The lid no longer closes. I have stopped charging it."),
            ("Keyboard types every e twice", "Seee?"),
            ("Screen in the meeting room {room} stays blue", "No signal, whatever we plug in."),
        ],
        questions=[
            ("Is the light at the dock white or amber?", "Amber, blinking."),
            ("Did it install updates last night?", "It said so, at 23 per cent. Then I closed it."),
        ],
        remarks=[
            "Known fault of that series, the manufacturer swaps the board.",
            "Third dock with firmware 1.0.4 this week.",
        ],
        waits=["Spare part ordered, two days.", "Waiting for the requester to bring it in."],
        resolutions=[
            "Swapped for one from stock; your data came along.",
            "Dock firmware updated, both screens come up within three seconds.",
            "Battery replaced. Thank you for not charging it.",
            "New cable behind the table, and a label that says which input.",
        ],
        complaints=["One screen is missing again.", "Slept well, woke up never."],
        visits=0.15,
        job=Job(
            title="Swap the dock in {room}",
            checklist="Dock",
            hours=0.5,
            points=["Firmware updated", "Both screens tested"],
            notes=["Swapped, tested with two laptops."],
        ),
    ),
]
