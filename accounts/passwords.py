"""New passwords: by the old one, or by a link that was sent. Either way other sessions end."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from accounts.attempts import attempt, spend_without_return
from accounts.letters import fingerprint
from accounts.models import AccountMail, Session, User
from core import clock
from core.errors import FieldError, InvalidInput
from core.lifecycle import change
from core.transactions import atomic_with_retry


def request_reset(email: str, *, address: str) -> None:
    """Have a link sent to the account with this address, if there is one; nobody is told whether."""
    spend_without_return(address=address, account=email)
    # Worth far more time than the row that only a known address gets, so that none shows.
    make_password(email)
    user = User.objects.active().filter(email=email).first()
    if user:
        AccountMail.objects.create(user=user, kind=AccountMail.Kind.PASSWORD_RESET)


@sensitive_variables("token", "new_password")
def redeem_reset(token: str, new_password: str, *, address: str = "") -> User:
    """Set a new password with the token from a mail, once, and sign out everywhere.

    Raises InvalidInput for a dead token (field `token`) or a weak password (`new_password`), which
    leaves the token good.
    """
    with attempt(address=address):
        mails = AccountMail.objects.usable(at=clock.now()).filter(token_hash=fingerprint(token))
        mail = mails.select_related("user").first()
        if mail is None or not mail.user.is_active:
            raise _dead_link()
        validate(new_password, user=mail.user, field="new_password")
    hashed = make_password(new_password)

    def redeemed() -> User:
        # Looked up and used in one statement: of two who hold the link, one gets in.
        if not mails.update(used_at=clock.now()):
            raise _dead_link()
        return _replace(mail.user, hashed, actor=None, keep=None)

    return atomic_with_retry(redeemed)


@sensitive_variables("current", "new")
def change_password(
    user: User, *, current: str, new: str, keep: Session | None, address: str = ""
) -> User:
    """Replace one's own password; every session but `keep` ends, and the owner hears of it by mail."""
    verify(user, current, address=address)
    validate(new, user=user, field="new_password")
    hashed = make_password(new)
    return atomic_with_retry(lambda: _replace(user, hashed, actor=user, keep=keep))


@sensitive_variables("current")
def verify(user: User, current: str, *, address: str = "") -> None:
    """Refuse unless this is the person's password: asked before e-mail or password change."""
    with attempt(address=address, account=user.email):
        if not user.check_password(current):
            raise InvalidInput.of("current_password", "This is not your password.", code="wrong")


@sensitive_variables("password")
def validate(password: str, *, user: User, field: str) -> None:
    """Refuse weak passwords with every reason at once."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = [
            FieldError(field, each.code or "invalid", sentence)
            for each in error.error_list
            for sentence in each.messages
        ]
        raise InvalidInput(errors=reasons) from error


def _replace(user: User, hashed: str, *, actor: User | None, keep: Session | None) -> User:
    changed = change(user, actor=actor, password=hashed)
    changed.end_sessions(Session.EndReason.PASSWORD_CHANGED, keep=keep)
    AccountMail.objects.create(user=changed, kind=AccountMail.Kind.PASSWORD_CHANGED)
    return changed


def _dead_link() -> InvalidInput:
    return InvalidInput.of("token", "This link is not valid, or not any more.", code="dead_link")
