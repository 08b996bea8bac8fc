"""The people of the demo: eight known sign-ins, and colleagues who ask, decide and do, some of them in teams."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.demo.sign_ins import ACCOUNTS, DOMAIN
from accounts.models import Approver, Department, Team, TeamMember, User
from core import clock
from core.lifecycle import create

APPROVE_FOR_ALL = ("approver", "approver2")
FIRST_NAMES = [
    "Amelia", "Björn", "Camille", "David", "Elif", "Farid", "Giulia", "Henrik", "Isabel", "Jonas",
    "Katya", "Liam", "Marta", "Nils", "Oksana", "Priya", "Quentin", "Rosa", "Samir", "Tessa",
]  # fmt: skip
LAST_NAMES = [
    "Abbott", "Bauer", "Castillo", "Dahl", "Evans", "Farouk", "Gruber", "Hughes", "Ito", "Jansen",
    "Kowalski", "Lopez", "Meyer", "Nguyen", "Olsen", "Pereira", "Quinn", "Rossi", "Silva", "Turner",
    "Urban", "Vogel", "Weber", "Yilmaz", "Zhang",
]  # fmt: skip
AGENT_EVERY, APPROVER_EVERY = 8, 9
TEAMS = {
    "Network": ["agent"],
    "Service desk": ["agent", "agent2"],
    "Facilities crew": ["agent"],
    "Clinic devices": ["agent2"],
}
"""With those of the known accounts who belong to them; colleagues are spread evenly."""


@dataclass
class Cast:
    """Everybody who plays a part."""

    requesters: list[User] = field(default_factory=list)
    agents: list[User] = field(default_factory=list)
    approvers: dict[int, list[User]] = field(default_factory=dict)
    """By the id of the department."""
    teams: dict[str, Team] = field(default_factory=dict)
    crews: dict[str, list[User]] = field(default_factory=dict)
    """The agents of each team."""


def gather(*, people: int, since: datetime) -> Cast:
    """The eight accounts and as many colleagues; those who are missing arrive at `since`."""
    with clock.at(since):
        _settle(_accounts(), make_password(settings.DEMO_PASSWORD))
        # Hashed once, known to nobody: nobody signs in as them, and nobody is sent an invitation.
        _settle(_colleagues(people), make_password(secrets.token_urlsafe()))
        _appoint(people)
        _group(people)
    return _cast()


Arrival = tuple[str, str, str, str]


def _settle(arrivals: Sequence[Arrival], password: str) -> None:
    """Create the accounts that do not exist yet."""
    departments = {department.name: department for department in Department.objects.all()}
    emails = [email for email, *_ in arrivals]
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    for email, name, role, department in arrivals:
        if email not in known:
            person = User(
                email=email,
                name=name,
                role=role,
                department=departments[department],
                password=password,
            )
            create(person, actor=None)


def _accounts() -> list[Arrival]:
    return [(each.email, each.name, each.role, each.department) for each in ACCOUNTS]


def _colleagues(people: int) -> list[Arrival]:
    """The same people each time, so that a second run finds them."""
    departments = ["Corporate", "Corporate", "Healthcare", "Healthcare", "Legal"]
    return [
        (
            f"{name.lower().replace(' ', '.').replace('ö', 'o')}@{DOMAIN}",
            name,
            "agent" if number % AGENT_EVERY == AGENT_EVERY - 1 else "requester",
            departments[number % len(departments)],
        )
        for number, name in zip(range(people), _names(), strict=False)
    ]


def _names() -> Iterator[str]:
    """Different names without end, in an order that looks like none."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    Random("names").shuffle(names)  # noqa: S311 - not a secret
    yield from names
    yield from (f"{name} {number}" for number in range(2, 1_000) for name in names)


def _appoint(people: int) -> None:
    """Two approve everywhere, and some colleagues for their own department."""
    everywhere = User.objects.filter(email__in=_emails(APPROVE_FOR_ALL))
    emails = [email for email, *_ in _colleagues(people)][::APPROVER_EVERY]
    wanted = [(person, each) for person in everywhere for each in Department.objects.all()]
    wanted += [(each, each.department) for each in User.objects.filter(email__in=emails)]
    known = set(Approver.objects.values_list("user_id", "department_id"))
    for person, department in wanted:
        if (person.pk, department.pk) not in known:
            create(Approver(user=person, department=department), actor=None)


def _group(people: int) -> None:
    """Everybody who works the queues belongs to a team."""
    colleagues = [email for email, _, role, _ in _colleagues(people) if role == User.Role.AGENT]
    known = set(TeamMember.objects.values_list("team__name", "user__email"))
    for number, (name, accounts) in enumerate(TEAMS.items()):
        team = Team.objects.filter(name=name).first() or create(Team(name=name), actor=None)
        emails = [*_emails(accounts), *colleagues[number :: len(TEAMS)]]
        for person in User.objects.filter(email__in=emails).order_by("pk"):
            if (name, person.email) not in known:
                create(TeamMember(team=team, user=person), actor=None)


def _emails(accounts: Iterable[str]) -> list[str]:
    return [f"{account}@{DOMAIN}" for account in accounts]


def _cast() -> Cast:
    """Everybody of the demo who can act, with what they may decide loaded."""
    cast = Cast()
    # They decide on everything, so they ask for nothing.
    approving_everywhere = _emails(APPROVE_FOR_ALL)
    ours = User.objects.active().filter(email__endswith=f"@{DOMAIN}").with_rights()
    for person in ours.select_related("department").order_by("pk"):
        if person.role == User.Role.AGENT:
            cast.agents.append(person)
        elif person.role == User.Role.REQUESTER and person.email not in approving_everywhere:
            cast.requesters.append(person)
        for department in person.decides_for():
            cast.approvers.setdefault(department, []).append(person)
    agents = {person.pk: person for person in cast.agents}
    for team in Team.objects.filter(name__in=TEAMS).order_by("pk"):
        members = team.memberships.filter(user__in=agents).order_by("user")
        crew = [agents[pk] for pk in members.values_list("user", flat=True)]
        cast.teams[team.name] = team
        cast.crews[team.name] = crew or cast.agents
    return cast
