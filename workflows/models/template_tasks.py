"""The tasks of a template: what they may say, checked by the rules of the tasks they become."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from graphlib import CycleError, TopologicalSorter
from types import NoneType
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Model

from core.priority import Priority
from discussion.models.tagged import MOST_TAGS, missing_tags
from workflows.models.checklist import ChecklistStep
from workflows.models.task import Task

MOST_TASKS = 100
MOST_BESIDE = 100
"""Dependencies, and steps, in all tasks together: a start writes them all in one transaction."""

MOST_TEXT = 50_000
"""Characters of all tasks together, as they are kept: pages and the history carry them in full."""

LONGEST_DELAY = 3_650
WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
"""How keys, roles and tags are written."""

KINDS: Mapping[str, tuple[type, ...]] = {
    "key": (str,),
    "title": (str,),
    "description": (str,),
    "priority": (str,),
    "estimate_minutes": (int, NoneType),
    "due_after_days": (int, NoneType),
    "role": (str,),
    "checklist": (list,),
    "tags": (list,),
    "depends_on": (list,),
}
FROM_TASKS = ("title", "description", "priority", "estimate_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTask:
    """A task that is yet to be: when it is due and who does it are said by the start."""

    key: str
    title: str
    description: str = ""
    priority: str = Priority.MEDIUM.value
    estimate_minutes: int | None = None
    due_after_days: int | None = None
    role: str = ""
    checklist: Sequence[str] = ()
    tags: Sequence[str] = ()
    depends_on: Sequence[str] = ()

    @classmethod
    def read(cls, place: int, given: Any) -> Self:
        """One task, from what was given at this place, counted from 1."""
        if not isinstance(given, dict):
            raise wrong(place, 'Give an object such as {"title": "Order a laptop"}.')
        if unknown := sorted(set(given) - set(KINDS)):
            raise wrong(place, f"There is no field {', '.join(unknown)}.")
        said = {"key": str(place), "title": "", **given}
        for name, value in said.items():
            if type(value) not in KINDS[name]:
                raise wrong(place, f"{name}: this is of the wrong type.")
        said["title"] = said["title"].strip()
        task = cls(**said)
        task._check(place)
        return task

    def as_json(self) -> dict[str, Any]:
        said = asdict(self)
        return {name: list(said[name]) if list in KINDS[name] else said[name] for name in KINDS}

    def _check(self, place: int) -> None:
        fields = {name: getattr(self, name) for name in FROM_TASKS}
        _check_fields(place, Task(**fields), fields)
        for text in self.checklist:
            if type(text) is not str:
                raise wrong(place, "checklist: give a list of texts.")
            _check_fields(place, ChecklistStep(text=text), ("text",))
        for name, words in (
            ("key", [self.key]),
            ("tags", self.tags),
            ("depends_on", self.depends_on),
        ):
            _check_words(place, name, words)
        _check_words(place, "role", [self.role] if self.role else [])
        if len(self.tags) > MOST_TAGS:
            raise wrong(place, f"tags: at most {MOST_TAGS}.")
        if self.due_after_days is not None and not 0 <= self.due_after_days <= LONGEST_DELAY:
            raise wrong(place, f"due_after_days: a number from 0 to {LONGEST_DELAY}.")


def read_tasks(given: Any) -> list[TemplateTask]:
    """The tasks as they are kept; raises ValidationError that says which one is wrong, and why."""
    if not isinstance(given, list):
        raise _wrong("Give a list of tasks.")
    if len(given) > MOST_TASKS:
        raise _wrong(f"At most {MOST_TASKS} tasks.")
    tasks = [TemplateTask.read(place, each) for place, each in enumerate(given, start=1)]
    _check_keys(tasks)
    for name in ("checklist", "depends_on"):
        if sum(len(getattr(task, name)) for task in tasks) > MOST_BESIDE:
            raise _wrong(f"{name}: at most {MOST_BESIDE} in all tasks together.")
    _refuse_circles(tasks)
    if len(json.dumps([task.as_json() for task in tasks])) > MOST_TEXT:
        raise _wrong(f"They say too much: at most {MOST_TEXT:,} characters in all.")
    return tasks


def without_lost_tags(tasks: Iterable[TemplateTask]) -> list[TemplateTask]:
    """The same tasks without the tags that nothing new carries any more."""
    tasks = list(tasks)
    lost = set(missing_tags({tag for task in tasks for tag in task.tags}))
    return [replace(task, tags=[tag for tag in task.tags if tag not in lost]) for task in tasks]


def wrong(place: int, sentence: str) -> ValidationError:
    return _wrong(f"Task {place}: {sentence}")


def _check_keys(tasks: Sequence[TemplateTask]) -> None:
    known = {task.key for task in tasks}
    seen: set[str] = set()
    for place, task in enumerate(tasks, start=1):
        if task.key in seen:
            raise wrong(place, f"key: {task.key} is another task's already.")
        if unknown := [key for key in task.depends_on if key not in known]:
            raise wrong(place, f"depends_on: there is no task {', '.join(unknown)}.")
        if len(set(task.depends_on)) < len(task.depends_on):
            raise wrong(place, "depends_on: each only once, please.")
        seen.add(task.key)


def _refuse_circles(tasks: Sequence[TemplateTask]) -> None:
    waiting = TopologicalSorter({task.key: task.depends_on for task in tasks})
    try:
        waiting.prepare()
    except CycleError as circle:
        raise _wrong(
            f"These wait for each other in a circle: {', '.join(circle.args[1][1:])}."
        ) from None


def _check_fields(place: int, row: Model, names: Iterable[str]) -> None:
    others = {field.name for field in row._meta.concrete_fields} - set(names)
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise wrong(place, f"{name}: {messages[0]}") from None


def _check_words(place: int, name: str, words: Iterable[Any]) -> None:
    if not all(type(word) is str and WORD.fullmatch(word) for word in words):
        raise wrong(place, f"{name}: write words of at most 40 letters a to z, digits, - and _.")


def _wrong(sentence: str) -> ValidationError:
    return ValidationError({"tasks": sentence})
