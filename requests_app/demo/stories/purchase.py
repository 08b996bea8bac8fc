"""Purchases, small and large."""

from requests_app.demo.stories.story import Story

VENDORS = [
    "Brightwell Supplies",
    "Nordlicht Medical",
    "Paperhouse",
    "Tallis & Sons",
    "Quayside Catering",
    "Ergoform",
]
COST_CENTRES = ["CC-1100", "CC-1240", "CC-2010", "CC-2300", "CC-3050", "CC-3120"]

STORIES = [
    Story(
        slug="small-purchase",
        hours=120,
        weight=9,
        asks=[
            ("Toner for the year", "Bulk price until the end of the month."),
            ("Catering for the partner meeting", "Fourteen people, two of them vegan."),
            ("Blood pressure monitors, ten pieces", "The old ones fail calibration."),
            ("Two ergonomic chairs", "Recommended after the workplace inspection."),
            ("First aid kits for the cars", "Expired in summer; we noticed now."),
            ("Books for the legal library", "New editions of the four that everybody steals."),
            ("Conference fee, health informatics", "Early-bird price saves 180 euros."),
        ],
        answers=lambda random, today: {
            "vendor": random.choice(VENDORS),
            "amount": random.randrange(40, 4_900, 10),
            "cost_centre": random.choice(COST_CENTRES),
        },
        resolutions=[
            "Ordered; delivery within ten days.",
            "Bought by company card, receipt filed.",
            "Delivered and checked against the order.",
        ],
        denials=[
            "Same item is in the framework contract for half of that. Please order there.",
            "The conference budget of this year is spent.",
        ],
    ),
    Story(
        slug="large-purchase",
        hours=240,
        weight=4,
        asks=[
            (
                "Ultrasound device for the north clinic",
                "Three offers attached; the middle one has the service contract.",
            ),
            (
                "New document scanner line",
                "The case archive grows faster than two people can scan.",
            ),
            ("Furniture for the harbour office", "Eighteen workplaces; moving date is fixed."),
            ("Network switches, second floor", "End of support in four months."),
            ("Two vehicles for home visits", "Leasing ends; buying is cheaper over five years."),
        ],
        answers=lambda random, today: {
            "vendor": random.choice(VENDORS),
            "amount": random.randrange(5_500, 90_000, 250),
            "cost_centre": random.choice(COST_CENTRES),
            "offers": random.randint(2, 4),
        },
        resolutions=[
            "Ordered after negotiation, four per cent below the offer.",
            "Contract signed; delivery in two stages.",
        ],
        denials=[
            "Only one offer is comparable. Please get two more.",
            "Moved to next year's investment plan.",
        ],
    ),
]
