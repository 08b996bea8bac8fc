"""Two households that must not know of each other, and everybody who asks about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Model, Value
from django.db.models.functions import Cast, Concat
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import Approver, Department, Session, User
from accounts.sign_in import open_session
from conftest import PASSWORD
from core.lifecycle import create, perform
from discussion.models import Comment
from files.reception import take_in
from tests.conformance.calls import Call, arrive, call_of, call_of_transition, sees
from tests.conformance.discovery import Route, api_routes, surface_of
from tests.conformance.examples import EXAMPLES, example_of
from tests.conformance.people import People
from workflows.models import Member, Project
from workflows.models.in_project import InProject

PRINCIPALS = ("owner", "editor", "viewer", "stranger", "agent", "admin", "anonymous")
WORDS = ("quicksilver", "cinnabar")
"""What stands in every text of zoe's household, and of what is archived, with the model's name."""

TEXTS = {"title", "name", "description", "body", "text", "completion_notes", "reason"}
SAME_REQUEST = {"X-Request-ID": "the-same"}
WRITING = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Answer:
    """What somebody was told, and whether anything was written on the way."""

    status: int
    content: bytes
    headers: Mapping[str, str]
    wrote: bool

    @property
    def told(self) -> tuple[int, bytes, Mapping[str, str]]:
        """All that whoever asked can compare."""
        return self.status, self.content, self.headers


@dataclass(frozen=True)
class World:
    """Ann's household, zoe's, what ann has put away, and a client of everybody."""

    people: People
    principals: Mapping[str, User | None]
    clients: Mapping[str, APIClient]
    rows: Mapping[type[Model], list[Model]]
    """Of each model ann's row, zoe's, and what is archived, where there is such a thing."""

    calls: Mapping[Route, Call]
    """A valid call of each route, about something of ann's."""

    answers: dict[tuple[str, Route], Answer] = field(default_factory=dict)
    hidden: dict[tuple[str, type[Model]], list[Model]] = field(default_factory=dict)

    def unseen(self, who: str, model: type[Model]) -> list[Model]:
        """The rows of this model that exist, and not for this principal."""
        if (who, model) not in self.hidden:
            person = self.principals[who]
            rows = [row for row in self.rows[model] if person is None or not sees(person, row)]
            self.hidden[who, model] = rows
        return self.hidden[who, model]

    def answer(self, who: str, route: Route) -> Answer:
        """What this principal is answered to the valid call. The schema takes its time, and is one for all."""
        who = "anonymous" if route.pattern == "/api/schema/" else who
        if (who, route) not in self.answers:
            self.answers[who, route] = self.ask(who, self.calls[route])
        return self.answers[who, route]

    def ask(self, who: str, call: Call, *, query: str = "") -> Answer:
        """What this principal is answered; what it changed is undone. No answer has a hidden word."""
        written: list[str] = []
        with transaction.atomic(), connection.execute_wrapper(_noting(written)):
            sent = call.send(self.clients[who], query=query, **SAME_REQUEST)
            content = b"".join(sent)
            transaction.set_rollback(True)
        told = [word for word in self._hidden_words(who) if word.encode() in content]
        assert not told, f"{call.method} {call.url}{query} tells {who} of {told}."
        return Answer(sent.status_code, content, dict(sent.headers), bool(written))

    def _hidden_words(self, who: str) -> Iterator[str]:
        for model, (_, *others) in self.rows.items():
            hidden = self.unseen(who, model)
            for word, row in zip(WORDS, others, strict=False):
                if row in hidden:
                    yield f"{word} {model.__name__.lower()}"


def settle() -> World:
    """Everybody and everything, in the transaction of the caller."""
    departments = {each.slug: each for each in Department.objects.all()}
    people, vic, kim = everybody(departments)
    rows = {model: [example.make(people)] for model, example in EXAMPLES.items()}
    _take_in(people, vic)
    for number, household in enumerate((zoes, _archived)):
        before = _newest()
        for model, row in household(people, vic, departments["legal"]):
            rows[model].append(row)
        _write_in_every_text(WORDS[number], since=before)
    people = replace(people, standing={model: own for model, (own, *_) in rows.items()})
    there = (people.ann, people.mia, vic, people.zoe, kim, people.ada, None)
    principals = dict(zip(PRINCIPALS, there, strict=True))
    clients = {who: client_of(person) for who, person in principals.items()}
    calls = {route: _call(route, people, vic) for route in api_routes()}
    _take_in(people, vic)
    return World(people, principals, clients, rows, calls)


def everybody(departments: Mapping[str, Department]) -> tuple[People, User, User]:
    """Mia decides for ann's department only; vic and kim are nobody elsewhere."""
    corporate, legal = departments["corporate"], departments["legal"]
    made = {}
    for name in ("ann", "zoe", "ben", "mia", "tom", "ada", "vic", "kim"):
        role = {"ben": "agent", "kim": "agent", "ada": "admin"}.get(name, "requester")
        user = User(email=f"{name}@flowtrack.example", name=name.title(), role=role)
        user.department = legal if name == "zoe" else corporate
        user.set_password(PASSWORD)
        user.save()
        made[name] = user
    Approver(user=made["mia"], department=corporate).save()
    for department in departments.values():
        Approver(user=made["tom"], department=department).save()
    vic, kim = made.pop("vic"), made.pop("kim")
    return People(**made, corporate=corporate), vic, kim


def zoes(people: People, vic: User, legal: Department) -> Iterator[tuple[type[Model], Model]]:
    """What zoe has of everything, as ann has it."""
    household = replace(people.with_zoe_for_ann(), corporate=legal)
    for model, example in EXAMPLES.items():
        yield model, example.make(household)


def _archived(people: People, vic: User, legal: Department) -> Iterator[tuple[type[Model], Model]]:
    """What stands in projects of ann's household that are archived."""
    for model in (each for each in EXAMPLES if issubclass(each, Project | InProject)):
        row = EXAMPLES[model].make(people)
        _take_in(people, vic, *_projects_of(row))
        for project in _projects_of(row):
            perform(project, "archive", actor=people.ann)
        yield model, row
    yield from _hung(people, vic)


def _hung(people: People, vic: User) -> Iterator[tuple[type[Model], Model]]:
    """What hangs on a project that is archived."""
    project = EXAMPLES[Project].make(people)
    said = Comment(body="It flickers.").attach_to(project)
    rows = [
        create(said, actor=people.ann),
        take_in("note.txt", [b"It flickers."], actor=people.ann, item=project),
    ]
    _take_in(people, vic, project)
    perform(project, "archive", actor=people.ann)
    yield from ((type(row), row) for row in rows)


def _take_in(people: People, vic: User, *projects: Project) -> None:
    """Mia edits in these projects, and vic looks on; in all that ann answers for, if none is named."""
    there = projects or Project.objects.living().filter(owner=people.ann)
    for project in there:
        known = set(project.members.values_list("person", flat=True))
        for person, role in ((people.mia, "editor"), (vic, "viewer")):
            if person.pk not in known:
                Member(project=project, person=person, role=role).save()


def _projects_of(row: Any) -> list[Project]:
    """The one that it is, or is in."""
    return [row if isinstance(row, Project) else row.project]


def _newest() -> dict[type[Model], Any]:
    numbered = (each for each in EXAMPLES if not isinstance(each._meta.pk, models.UUIDField))
    pks = {model: models.QuerySet(model).aggregate(newest=models.Max("pk")) for model in numbered}
    return {model: found["newest"] for model, found in pks.items()}


def _write_in_every_text(word: str, *, since: Mapping[type[Model], Any]) -> None:
    """Past all rules: this is about who reads it, not about who may write it."""
    for model, newest in since.items():
        names = {each.name for each in model._meta.concrete_fields} & TEXTS
        text = Concat(Value(f"{word} {model.__name__.lower()} "), Cast("pk", models.CharField()))
        if names:
            rows = models.QuerySet(model).filter(pk__gt=newest or 0)
            rows.update(**dict.fromkeys(names, text))


def client_of(person: User | None) -> APIClient:
    client = APIClient()
    if person is not None:
        session = open_session(person, way=Session.Way.BEARER, address="", user_agent="")
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(session)}")
    return client


def _call(route: Route, people: People, vic: User) -> Call:
    """A valid call; of a transition, on an item where somebody may perform it now."""
    if route.transition:
        item: Any = example_of(route.model).make(people)
        if isinstance(item, Project | InProject):
            _take_in(people, vic, *_projects_of(item))
        item, by = arrive(item, route.transition, people)
        surface: Any = surface_of(route.model)
        return call_of_transition(surface, item, route.transition, by, people)
    return call_of(route, people)


def _noting(written: list[str]) -> Any:
    """Notes the statements that have written."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = run(sql, params, many, context)
        if sql.startswith(WRITING) and context["cursor"].rowcount:
            written.append(sql)
        return result

    return execute
