"""Proving who one is, and the session that follows."""

from __future__ import annotations

from django.views.decorators.debug import sensitive_variables

from accounts.attempts import attempt
from accounts.models import Session, User
from core.errors import NotAuthenticated
from core.transactions import atomic_with_retry

WRONG = "The e-mail address or the password is not right."

_nobody = User(password="!")  # noqa: S106 - unusable, yet verified at the full cost


@sensitive_variables("password")
def authenticate(email: str, password: str, *, address: str) -> User:
    """The active user with this e-mail and password.

    Raises NotAuthenticated with one sentence, at one cost, for unknown, deactivated and mistyped;
    TooManyRequests when the account's or the address's attempts are used up.
    """
    with attempt(address=address, account=email):
        user = User.objects.filter(email=email).first() or _nobody
        if not user.check_password(password) or not user.is_active:
            raise NotAuthenticated(WRONG)
    return user


def open_session(user: User, *, way: str, address: str, user_agent: str) -> Session:
    """Sign the user in on one more device.

    Raises NotAuthenticated if the account was deactivated, or got a new password, since it was verified.
    """

    def opened() -> Session:
        # Waits for a change of the account that is under way and would end all sessions but this.
        rows = User.objects.select_for_update(no_key=True).active()
        if not rows.filter(pk=user.pk, password=user.password).exists():
            raise NotAuthenticated(WRONG)
        return Session.objects.create(
            user=user,
            way=way,
            address=_printable(address, 45),
            user_agent=_printable(user_agent, 200),
        )

    return atomic_with_retry(opened)


def _printable(text: str, length: int) -> str:
    """Headers hold anything; what is shown and stored does not."""
    return "".join(character for character in text if character.isprintable())[:length]
