"""What patients depend on."""

from tickets.demo.stories.story import Job, Story

STORIES = [
    Story(
        category="hardware",
        team="Clinic devices",
        tags=["clinic", "safety"],
        weight=10,
        hours=5,
        reports=[
            ("Infusion pump alarms without a reason", "Taken out of use, it stands in {room}."),
            ("Monitor in {room} shows no pulse", "The patient was fine and rather amused."),
            ("Blood pressure cuff does not inflate", "Two of the three on the ward."),
            ("Ultrasound freezes", "In the middle of an examination, for a minute."),
        ],
        questions=[
            ("Which software version does it show when it starts?", "4.11, then a lot of numbers."),
            ("Is the sensor from the new box?", "Yes, lot 2291. The old ones work."),
        ],
        remarks=[
            "Lot 2291 again: recall letter is in the share. Pull the whole box.",
            "Battery at 61 per cent of its capacity, limit is 70.",
        ],
        waits=[
            "The manufacturer examines the log.",
            "Replacement device is on its way from stock.",
        ],
        resolutions=[
            "Sensor swapped, measured against the reference, back on the ward.",
            "Battery replaced, safety test passed, sticker renewed.",
            "Log shows a full disk; cleaned, manufacturer informed.",
        ],
        complaints=["Alarms again, third night in a row."],
        visits=0.7,
        job=Job(
            title="Examine the device in {room}",
            checklist="Medical device",
            hours=1.5,
            points=[
                "Taken out of use and labelled",
                "Electrical safety test passed",
                "Function measured against the reference",
                "Entered in the device book",
            ],
            extras=["Accessories counted"],
            notes=[
                "Battery replaced, IEC 62353 passed.",
                "Sensor lot replaced, function is within limits.",
            ],
        ),
    ),
    Story(
        category="facilities",
        team="Clinic devices",
        tags=["clinic", "cold-chain"],
        weight=5,
        hours=3,
        reports=[
            (
                "Vaccine fridge at 9 degrees",
                "The alarm went at six. We moved everything next door.",
            ),
            ("Freezer in the laboratory hums and warms", "{room}; the samples are on dry ice."),
            ("Cold store door does not close", "Pharmacy at {site}. Somebody leans against it."),
        ],
        questions=[("When was it last below 8 degrees?", "The chart says 04:40.")],
        remarks=[
            "Compressor starts every two minutes. Thermostat.",
            "Pharmacy decides about the stock.",
        ],
        waits=["Cooling engineer is on the way."],
        resolutions=[
            "Thermostat replaced, 4.8 degrees for two hours, chart attached to the door.",
            "Seal of the door replaced.",
        ],
        complaints=["9 degrees again last night."],
        visits=0.9,
        job=Job(
            title="Repair the cooling in {room}",
            checklist="Cold chain",
            hours=2,
            points=["Stock moved and documented", "Fault repaired", "Two hours below 8 degrees"],
            notes=["Thermostat replaced; 4.8 degrees, stable.", "Seal replaced, ice removed."],
        ),
    ),
]
