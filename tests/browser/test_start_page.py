"""The first pages, as people meet them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import PASSWORD, fill_in, inspect

SignIn = Callable[[User], None]
NEW_PASSWORD = "seven quiet lamps in a row"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sign-in/",
        "/password-reset/",
        "/password-reset/sent/",
        "/password-reset/any/",
        "/nowhere/",
    ],
)
def test_a_visitor_finds_every_page_in_order(page: Page, path: str) -> None:
    inspect(page, path)


@pytest.mark.parametrize("path", ["/", "/password/", "/admin/login/"])
def test_ann_finds_every_page_in_order(page: Page, ann: User, sign_in: SignIn, path: str) -> None:
    sign_in(ann)

    inspect(page, path)


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/accounts/user/"])
def test_ada_finds_every_page_in_order(page: Page, ada: User, sign_in: SignIn, path: str) -> None:
    sign_in(ada)

    inspect(page, path)


def test_ann_signs_in_and_out(page: Page, ann: User) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    fill_in(page, ann.email, PASSWORD)

    expect(page.get_by_role("heading", level=1)).to_have_text(ann.name)
    expect(page.get_by_role("main")).to_contain_text("Requester")
    expect(page.get_by_role("main")).to_contain_text("Corporate")
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_address(page: Page, ann: User) -> None:
    page.goto("/sign-in/")
    fill_in(page, ann.email, "not her password")

    said_to_ann = page.get_by_role("alert").inner_text()
    expect(page.get_by_label("E-mail")).to_have_value(ann.email)
    expect(page.get_by_label("Password")).to_be_empty()

    fill_in(page, "nobody@flowtrack.example", "not her password")
    expect(page.get_by_role("alert")).to_have_text(said_to_ann)


def test_the_admin_asks_ada_to_sign_in_and_then_opens(page: Page, ada: User) -> None:
    page.goto("/admin/accounts/user/")
    expect(page).to_have_title("Sign in · FlowTrack")

    fill_in(page, ada.email, PASSWORD)
    page.wait_for_url("**/admin/accounts/user/")
    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_role("status")).to_have_text("You are signed out.")


def test_the_admin_stays_closed_for_ann(page: Page, ann: User, sign_in: SignIn) -> None:
    sign_in(ann)
    page.goto("/admin/")

    expect(page.get_by_role("main")).to_contain_text("The admin is for agents and administrators.")


def test_ann_forgot_her_password(page: Page, ann: User, last_link: Callable[[], str]) -> None:
    page.goto("/sign-in/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail").fill(ann.email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("main")).to_contain_text("If there is an account")

    link = last_link()
    choose(page, link, NEW_PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Your password is changed.")
    fill_in(page, ann.email, NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text(ann.name)

    choose(page, link, NEW_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")


def test_a_chosen_theme_holds_on_every_page(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    page.get_by_role("button", name="Theme: system").click()
    page.goto("/sign-in/")

    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def choose(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("New password, again").fill(password)
    page.get_by_role("button", name="Set password").click()
