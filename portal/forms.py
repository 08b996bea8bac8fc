"""What the portal asks people to type."""

from collections.abc import Callable
from typing import Any

from django import forms

from core.errors import Refused, RetryLater

EMAIL_LENGTH = 254
PASSWORD_LENGTH = 1024


class ServiceForm(forms.Form):
    """A form whose submission is one call to a service; a refusal is shown where it belongs."""

    refusal: Refused | None = None

    def carried_out(self, service: Callable[..., object]) -> bool:
        """Call the service with what was typed; False if the input or the service says no."""
        if not self.is_valid():
            return False
        try:
            service(**self.cleaned_data)
        except Refused as refusal:
            self._show(refusal)
            return False
        return True

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form."""
        if isinstance(self.refusal, RetryLater):
            return self.refusal.status
        return 400 if self.errors else 200

    def _show(self, refusal: Refused) -> None:
        self.refusal = refusal
        for error in refusal.errors:
            self.add_error(error.field if error.field in self.fields else None, error.message)
        if not refusal.errors:
            self.add_error(None, str(refusal.detail))


def password_field(*, label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    """A password exactly as typed: blanks count."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def email_field(*, autocomplete: str) -> forms.EmailField:
    """The address that names an account; the page starts here."""
    return forms.EmailField(
        label="E-mail",
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "autofocus": True}),
    )


class SignInForm(ServiceForm):
    """E-mail and password."""

    email = email_field(autocomplete="username")
    password = password_field(label="Password", autocomplete="current-password")


class ResetRequestForm(ServiceForm):
    """Whose password is forgotten."""

    email = email_field(autocomplete="email")


class NewPasswordForm(ServiceForm):
    """A new password, twice; the service gets it once."""

    new_password = password_field(
        label="New password",
        autocomplete="new-password",
        help_text="At least 12 characters. A few unrelated words make a good one.",
    )
    repeated = password_field(label="New password, again", autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        repeated = cleaned.pop("repeated", None)
        if repeated is not None and repeated != cleaned.get("new_password", repeated):
            self.add_error("repeated", "The two passwords differ.")
        return cleaned


class PasswordChangeForm(NewPasswordForm):
    """The current password, and the one that replaces it."""

    field_order = ["current_password"]

    current_password = password_field(label="Current password", autocomplete="current-password")
