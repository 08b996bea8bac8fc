"""Who can sign in to a demo: the eight known accounts."""

from __future__ import annotations

from typing import NamedTuple

DOMAIN = "flowtrack.example"


class Account(NamedTuple):
    """A known account of the demo."""

    account: str
    name: str
    role: str
    department: str
    does: str

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


ACCOUNTS = [
    Account("admin", "Ada Berg", "admin", "Corporate", "runs the platform"),
    Account("agent", "Ben Ortega", "agent", "Corporate", "works the queue"),
    Account("agent2", "Lena Fischer", "agent", "Healthcare", "works the queue"),
    Account("approver", "Mia Tanaka", "requester", "Corporate", "approves for every department"),
    Account(
        "approver2", "Noah Eriksen", "requester", "Healthcare", "approves for every department"
    ),
    Account("requester", "Ann Walker", "requester", "Corporate", "asks"),
    Account("other", "Zoe Laurent", "requester", "Healthcare", "asks; shares nothing with anybody"),
    Account("burner", "Max Muster", "requester", "Legal", "asks; shares nothing with anybody"),
]


def sign_ins() -> str:
    """The accounts as lines for people to read."""
    return "\n".join(f"  {each.email:<30}{each.name:<14}{each.does}" for each in ACCOUNTS)
