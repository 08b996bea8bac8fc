"""Who else is there in the stories of projects: ann plans, eve edits, vic looks on."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from workflows.models import Project, Workflow
from workflows.tests.making import board, joins, project_of


@pytest.fixture
def project(ann: User) -> Project:
    """What ann plans."""
    return project_of(ann)


@pytest.fixture
def eve(person: Any, project: Project) -> User:
    """Edits in ann's project."""
    eve = person("eve")
    joins(project, eve, "editor")
    return eve


@pytest.fixture
def vic(person: Any, project: Project) -> User:
    """Looks on in ann's project."""
    vic = person("vic")
    joins(project, vic, "viewer")
    return vic


@pytest.fixture
def workflow(project: Project) -> Workflow:
    """A board in ann's project."""
    return board(project)
