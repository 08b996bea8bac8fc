"""A real browser before the real pages; whatever it complains about fails the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from accounts.models import User
from tests.effort import enough

AXE = (Path(__file__).parent / "vendor/axe-core/axe.min.js").read_text()
PASSWORD = "correct horse battery staple"
LOOKS = enough(
    (("light", 320), ("dark", 1440)),
    (("light", 320), ("dark", 320), ("dark", 390), ("dark", 1440), ("light", 1440)),
)
"""Themes and widths; wider than its window is a page in both themes."""

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
# Chromium's own note on a page that answers 4xx: the test says whether that is right.
STATUS_NOTE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives the browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium: nothing is downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        absent = f"No browser: none of {', '.join(names)} is installed."
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        pytest.skip(absent)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's has to be off for root
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Where the pages are, so that tests say `page.goto("/")`."""
    return live_server.url


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """A browser in which no page may complain: a violated policy is an error on the console, too."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not STATUS_NOTE.match(message.text):
            complaints.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda problem: complaints.append(str(problem.error)))
    yield context
    assert complaints == []


@pytest.fixture
def sign_in(page: Page) -> Callable[[User], None]:
    """Lets somebody in by the page everybody uses: `sign_in(ann)`."""

    def enter(user: User) -> None:
        page.goto("/sign-in/")
        fill_in(page, user.email, PASSWORD)
        page.wait_for_url("**/")

    return enter


@pytest.fixture
def last_link(mailoutbox: list[mail.EmailMessage]) -> Callable[[], str]:
    """The path in the last mail, after the worker has sent what waits."""

    def find() -> str:
        call_command("work", "--once")
        return re.search(r"https?://[^/\s]+(/\S+)", str(mailoutbox[-1].body))[1]

    return find


def fill_in(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in form and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def inspect(page: Page, path: str) -> None:
    """Look at a page under the policy, narrow and wide, light and dark, for what keeps people out."""
    response = page.goto(path)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    page.evaluate(AXE)  # from outside the page: its policy stays as it is
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        assert findings(page) == [], f"{path} {theme} {width}"


def findings(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    result = page.evaluate("axe.run({preload: false})")
    found = [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    return [*found, *([f"{beyond} px too wide"] if beyond > 0 else [])]
