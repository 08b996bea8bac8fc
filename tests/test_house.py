"""The rules of the house that no linter knows: sizes, the one door, one clock, listed fields."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "core",
    "accounts",
    "jobs",
    "files",
    "sla",
    "discussion",
    "workflows",
    "tickets",
    "requests_app",
    "dashboards",
    "notifications",
    "portal",
    "flowtrack",
)
SEEDING = {"demo", "seed_demo"}
FILE_LINES = 400
FUNCTION_LINES = 40
SAVES_PAST_THE_RULES = {
    "update",
    "create",
    "get_or_create",
    "update_or_create",
    "aupdate",
    "acreate",
}
SAVES_MANY_PAST_THE_RULES = {"bulk_create", "bulk_update"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def product_files() -> list[Path]:
    """Every module that people run; tests and migrations have rules of their own."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in files if not {"tests", "migrations"} & set(path.parts))


def breaches(path: Path) -> Iterator[str]:
    """What in this file breaks a rule, with its line."""
    source = path.read_text()
    if (lines := len(source.splitlines())) > FILE_LINES:
        yield f"has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        for rule in (too_long, imports_late, writes_a_status, sets_the_clock, exposes_every_field):
            if words := rule(node, path):
                yield f"line {node.lineno}: {words}"


def too_long(node: ast.AST, path: Path) -> str | None:
    """A function fits on a screen."""
    if isinstance(node, Function) and node.end_lineno - node.lineno >= FUNCTION_LINES:
        return f"{node.name} is over {FUNCTION_LINES} lines"
    return None


def imports_late(node: ast.AST, path: Path) -> str | None:
    """Imports stand on top, so that layers can be read; Django's ready() is the place it gives us for checks."""
    if not isinstance(node, Function) or (path.name == "apps.py" and node.name == "ready"):
        return None
    late = any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    return f"{node.name} imports inside" if late else None


def writes_a_status(node: ast.AST, path: Path) -> str | None:
    """A status changes through a transition only."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    named = any(keyword.arg == "status" for keyword in node.keywords)
    if node.func.attr in SAVES_PAST_THE_RULES and named:
        return f".{node.func.attr}(status=…) passes by the lifecycle"
    if node.func.attr in SAVES_MANY_PAST_THE_RULES and "status" in mentioned(node):
        return f".{node.func.attr}(… status …) passes by the lifecycle"
    return None


def mentioned(call: ast.Call) -> set[str]:
    """The keywords and words inside a call."""
    inner = list(ast.walk(call))
    keywords = {node.arg for node in inner if isinstance(node, ast.keyword) and node.arg}
    return keywords | {
        node.value
        for node in inner
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def sets_the_clock(node: ast.AST, path: Path) -> str | None:
    """Only seeding may live in the past."""
    if SEEDING & {path.stem, *path.parent.parts}:
        return None
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "clock.at":
        return "clock.at() is for seeding and tests"
    return None


def exposes_every_field(node: ast.AST, path: Path) -> str | None:
    """Fields are listed, so that a new column is not public by accident."""
    if isinstance(node, ast.Assign) and ast.unparse(node) in {"fields = '__all__'", "exclude = []"}:
        return "fields are listed, never all"
    return None


@pytest.mark.parametrize("path", product_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_house_is_in_order(path):
    assert list(breaches(path)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ticket.objects.filter(pk=1).update(status='closed')", "passes by"),
        ("Ticket.objects.create(title='Lamp', status='closed')", "passes by"),
        ("Ticket.objects.bulk_create([Ticket(status='closed')])", "passes by"),
        ("Ticket.objects.bulk_update(tickets, ['status'])", "passes by"),
        ("with clock.at(then): pass", "seeding"),
        ("fields = '__all__'", "listed"),
        ("def late():\n    import json", "imports inside"),
        ("def long():\n" + "    pass\n" * 40, "over 40 lines"),
        ("pass\n" * 401, "has 401 lines"),
    ],
)
def test_a_breach_is_seen(tmp_path, line, words):
    file = tmp_path / "breach.py"
    file.write_text(line)

    assert any(words in breach for breach in breaches(file))
