"""Fresh rows, one function for each model: where a row can be somebody's, it is ann's and zoe must not see it."""

from __future__ import annotations

from datetime import date
from itertools import count

from accounts.models import Department, Session, Substitution, Team, User
from accounts.sign_in import open_session
from core.lifecycle import create
from requests_app.models import Category, RequestType, ServiceRequest
from tests.bells.models import Bell
from tests.conformance.people import People
from tests.lamps.models import Lamp

numbers = count(1)
"""Makes each one different, a little."""


def bell(people: People) -> Bell:
    return create(Bell(title=f"Bell {next(numbers)}"), actor=people.ann)


def lamp(people: People) -> Lamp:
    number = next(numbers)
    room = f"Room {number}" if number % 2 else None
    return create(Lamp(title=f"Lamp {number}", watts=40 + number % 3, room=room), actor=people.ann)


def category(people: People) -> Category:
    number = next(numbers)
    return create(Category(name=f"Shelf {number}", position=number % 3), actor=people.ada)


def request_type(people: People, *, is_active: bool = True) -> RequestType:
    fields = {"category": category(people), "is_active": is_active}
    return create(RequestType(name=f"Chair {next(numbers)}", **fields), actor=people.ada)


def service_request(people: People) -> ServiceRequest:
    number = next(numbers)
    request = ServiceRequest(
        title=f"Chair {number}",
        request_type=RequestType.objects.filter(slug="chair").first() or _chair(people),
        department=people.corporate,
        priority=["low", "high", "urgent"][number % 3],
    )
    return create(request, actor=people.ann)


def _chair(people: People) -> RequestType:
    fields = {"category": category(people), "approvals_needed": 1}
    return create(RequestType(name="Chair", slug="chair", **fields), actor=people.ada)


def department(people: People) -> Department:
    number = next(numbers)
    return create(Department(name=f"Branch {number}", slug=f"branch-{number}"), actor=people.ada)


def user(people: People) -> User:
    number = next(numbers)
    address = f"person{number}@flowtrack.example"
    return create(User(email=address, name=f"Person {number % 3}", password="!"), actor=people.ada)


def substitution(people: People) -> Substitution:
    number = next(numbers)
    starts, ends = date(2026, 1, 1 + number % 3), date(2026, 2, 1)
    days = {"starts_on": starts, "ends_on": ends}
    return create(Substitution(substitute=people.tom, **days), actor=people.mia)


def session(people: People) -> Session:
    return open_session(people.ann, way=Session.Way.BEARER, address="192.0.2.1", user_agent="lynx")


def team(people: People) -> Team:
    return create(Team(name=f"Team {next(numbers)}"), actor=people.ada)
