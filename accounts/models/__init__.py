"""People, where they belong, and how they get in."""

from accounts.models.account_mail import AccountMail
from accounts.models.department import Approver, Department, Substitution
from accounts.models.session import Session
from accounts.models.team import Team, TeamMember
from accounts.models.user import User

__all__ = [
    "AccountMail",
    "Approver",
    "Department",
    "Session",
    "Substitution",
    "Team",
    "TeamMember",
    "User",
]
