"""The catalogue that a new installation starts with, and what it promises; admins edit both from there."""

from typing import Any

from django.db import migrations

from sla.starting import around_the_clock, policy

FIRST, LAST = 500, 900
"""Where the policies of the types stand, and the one for all others."""

OTHERS = 72
"""Within how many hours a request is done that has no policy of its own."""

SHELVES = ["Access", "Hardware", "Software", "Facilities", "Purchase", "Onboarding"]


def text(title: str, most: int = 200) -> dict[str, Any]:
    return {"type": "string", "title": title, "minLength": 1, "maxLength": most}


def choice(title: str, *choices: str) -> dict[str, Any]:
    return {"type": "string", "title": title, "enum": list(choices)}


def day(title: str) -> dict[str, Any]:
    return {"type": "string", "title": title, "format": "date"}


def number(title: str, least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "title": title, "minimum": least, "maximum": most}


def yes_or_no(title: str) -> dict[str, Any]:
    return {"type": "boolean", "title": title}


# (category, slug, name, description, approvals needed, target hours, questions, answers required)
TYPES = [
    (
        "access",
        "system-access",
        "System access",
        "Read or write access to one of our systems.",
        1,
        24,
        {
            "system": choice(
                "System",
                "Payroll",
                "CRM",
                "Patient records",
                "Case archive",
                "Data warehouse",
                "Finance",
            ),
            "level": choice("Level", "read", "write", "administer"),
            "until": day("Needed until"),
        },
        ["system", "level"],
    ),
    (
        "access",
        "building-access",
        "Badge and building access",
        "A badge, or more doors on the one you have.",
        1,
        48,
        {
            "site": choice("Site", "Head office", "North clinic", "Harbour office"),
            "area": text("Area"),
            "from": day("From"),
        },
        ["site", "area"],
    ),
    (
        "access",
        "sign-in-reset",
        "Sign-in reset",
        "A new password, token or second factor.",
        0,
        4,
        {"system": text("System", 100), "locked_out": yes_or_no("Locked out right now?")},
        ["system"],
    ),
    (
        "hardware",
        "computer",
        "Laptop or desktop",
        "A new or replacement computer.",
        1,
        120,
        {
            "model": choice("Model", "13-inch", "15-inch", "Desktop", "Rugged tablet"),
            "replaces": text("Replaces (asset tag)", 40),
            "needed_by": day("Needed by"),
        },
        ["model"],
    ),
    (
        "hardware",
        "accessory",
        "Accessory",
        "Screens, headsets, docks, keyboards: from stock.",
        0,
        72,
        {
            "item": choice(
                "Item", "Screen", "Headset", "Dock", "Keyboard", "Mouse", "Webcam", "Phone"
            ),
            "quantity": number("How many", 1, 10),
        },
        ["item", "quantity"],
    ),
    (
        "software",
        "licence",
        "Software licence",
        "A licence that somebody pays for.",
        1,
        72,
        {
            "product": text("Product", 100),
            "seats": number("Seats", 1, 500),
            "yearly_cost": number("Yearly cost, EUR", 0, 1_000_000),
        },
        ["product", "seats"],
    ),
    (
        "software",
        "installation",
        "Software installation",
        "Something from the approved list, installed on your computer.",
        0,
        24,
        {"product": text("Product", 100), "asset_tag": text("Asset tag", 40)},
        ["product"],
    ),
    (
        "facilities",
        "workplace-change",
        "Room or workplace change",
        "Move a desk, a team or a meeting.",
        1,
        120,
        {
            "from_room": text("From room", 40),
            "to_room": text("To room", 40),
            "people": number("People", 1, 100),
        },
        ["to_room", "people"],
    ),
    (
        "facilities",
        "building-repair",
        "Repair in the building",
        "Lights, doors, heating, water.",
        0,
        72,
        {
            "site": choice("Site", "Head office", "North clinic", "Harbour office"),
            "room": text("Room", 40),
            "is_dangerous": yes_or_no("Could somebody get hurt?"),
        },
        ["site", "room"],
    ),
    (
        "purchase",
        "small-purchase",
        "Purchase up to EUR 5,000",
        "One approval, from the department's budget.",
        1,
        120,
        {
            "vendor": text("Vendor", 100),
            "amount": number("Amount, EUR", 1, 5_000),
            "cost_centre": text("Cost centre", 20),
        },
        ["vendor", "amount", "cost_centre"],
    ),
    (
        "purchase",
        "large-purchase",
        "Purchase above EUR 5,000",
        "Two different people approve.",
        2,
        240,
        {
            "vendor": text("Vendor", 100),
            "amount": number("Amount, EUR", 5_001, 1_000_000),
            "cost_centre": text("Cost centre", 20),
            "offers": number("Offers compared", 1, 10),
        },
        ["vendor", "amount", "cost_centre"],
    ),
    (
        "onboarding",
        "new-colleague",
        "New colleague",
        "Everything somebody needs on the first day.",
        2,
        240,
        {
            "name": text("Name", 100),
            "starts_on": day("First day"),
            "position": text("Position", 100),
            "equipment": choice("Equipment", "Office", "Remote", "Clinic"),
        },
        ["name", "starts_on", "position"],
    ),
    (
        "onboarding",
        "leaving-colleague",
        "Leaving colleague",
        "Close accounts, collect equipment.",
        1,
        72,
        {"name": text("Name", 100), "last_day": day("Last day")},
        ["name", "last_day"],
    ),
]


def fill(apps, schema_editor):
    shelves = {name.lower(): shelf(apps, name, position) for position, name in enumerate(SHELVES)}
    calendar = around_the_clock(apps)
    for category, slug, name, description, approvals, hours, questions, required in TYPES:
        kind, _ = apps.get_model("requests_app", "RequestType").objects.get_or_create(
            slug=slug,
            defaults={
                "category": shelves[category],
                "name": name,
                "description": description,
                "approvals_needed": approvals,
                "form": {
                    "type": "object",
                    "properties": questions,
                    "required": required,
                    "additionalProperties": False,
                },
            },
        )
        promise(apps, f"{name} in {hours} hours", hours, FIRST, calendar, request_type=kind)
    promise(apps, f"Other requests in {OTHERS} hours", OTHERS, LAST, calendar)


def shelf(apps, name, position):
    found, _ = apps.get_model("requests_app", "Category").objects.get_or_create(
        slug=name.lower(), defaults={"name": name, "position": position}
    )
    return found


def promise(apps, name, hours, position, calendar, **conditions):
    """Around the clock, and never pausing."""
    policy(
        apps,
        name,
        calendar=calendar,
        resolution_minutes=hours * 60,
        waits_in=[],
        applies_to="request",
        position=position,
        **conditions,
    )


class Migration(migrations.Migration):
    # The last of those that it stands for: a database that has this one has them all.
    replaces = [("requests_app", "0004_targets_become_policies")]

    dependencies = [("requests_app", "0002_requests"), ("sla", "0002_first_promises")]

    # Going back removes the tables themselves, so nothing is undone here.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
