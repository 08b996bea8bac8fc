"""Software: licences that somebody pays for, and installations that nobody does."""

from requests_app.demo.stories.story import Story, asset_tag

STORIES = [
    Story(
        slug="licence",
        hours=72,
        weight=8,
        asks=[
            (
                "PDF editor for redactions",
                "Blackening by hand and scanning again takes us a day a week.",
            ),
            (
                "Statistics package for the outcome study",
                "The ethics board approved it; analysis starts now.",
            ),
            ("Two more seats for the diagram tool", "The new process team draws everything."),
            ("Renew the legal research database", "Runs out at the end of the month."),
            (
                "Translation service for patient letters",
                "Eleven languages, and one of us speaks four.",
            ),
            ("Password manager for the team", "There is a spreadsheet. I will not say more."),
        ],
        answers=lambda random, today: {
            "product": random.choice(
                ["PageWright", "Statalot", "DrawDesk", "LexFinder", "Polyglot Pro", "KeyHolder"]
            ),
            "seats": random.choice([1, 1, 2, 3, 5, 10]),
            "yearly_cost": random.randrange(60, 4_000, 20),
        },
        resolutions=[
            "Licence assigned; it appears in the software centre within the hour.",
            "Renewed for a year, with two seats more at the same price.",
        ],
        denials=[
            "We pay for another product that does the same; ask for an installation of that.",
            "Not this quarter: the software budget is used up. Please ask again in the next.",
        ],
    ),
    Story(
        slug="installation",
        hours=24,
        weight=9,
        asks=[
            ("Install the dictation software", "My wrist will thank you."),
            ("Video codec for recorded hearings", "The court sends a format that nothing opens."),
            ("Printer driver for the second floor", "It prints everything in Wingdings."),
            ("Update the e-signature plug-in", "Says that it is too old to sign."),
            ("Label printing tool for the lab", "We write labels by hand since Monday."),
            ("Offline map for home visits", "No signal in the valley."),
        ],
        answers=lambda random, today: {
            "product": random.choice(
                ["SpeakEasy", "ClearView", "PrintHub", "SignIt", "LabLabel", "MapMate"]
            ),
            "asset_tag": asset_tag(random),
        },
        resolutions=[
            "Installed remotely; one restart and it is there.",
            "Pushed to your computer through the software centre.",
            "Installed, and the old version removed because the two quarrelled.",
        ],
    ),
]
