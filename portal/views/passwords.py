"""Changing a password, and getting in again after forgetting it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import passwords, web
from accounts.models import User
from core.api.throttles import client_address
from core.errors import InvalidInput, Refused, RetryLater
from portal.forms import NewPasswordForm, PasswordChangeForm, ResetRequestForm
from portal.views.pages import form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_methods
def request_reset(request: HttpRequest) -> HttpResponse:
    """Ask for the address; the answer never tells whether there is an account."""

    def send(*, email: str) -> None:
        passwords.request_reset(email, address=client_address(request))

    form = ResetRequestForm(request.POST or None)
    if form.carried_out(send):
        return redirect("portal:password-reset-sent")
    return form_page(request, "portal/password_reset.html", form)


@never_cache
@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "portal/password_reset_sent.html")


@sensitive_post_parameters()
@never_cache
@form_methods
def redeem_reset(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password with the token from the mail."""

    def redeem(*, new_password: str) -> None:
        passwords.redeem_reset(token, new_password, address=client_address(request))

    form = NewPasswordForm(request.POST or None)
    if form.carried_out(redeem):
        messages.success(request, "Your password is changed. Sign in with the new one.")
        return redirect("portal:sign-in")
    if form.refusal and not _can_be_mended(form.refusal):
        return render(request, "portal/password_reset_dead.html", status=410)
    return form_page(request, "portal/password_new.html", form)


@sensitive_post_parameters()
@never_cache
@form_methods
@login_required(login_url=reverse_lazy("portal:sign-in"))
def change_password(request: HttpRequest) -> HttpResponse:
    """Replace one's password; every other session ends."""

    def change(*, current_password: str, new_password: str) -> None:
        passwords.change_password(
            cast(User, web.person_of(request)),  # login_required lets nobody else through
            current=current_password,
            new=new_password,
            keep=web.session_of(request),
            address=client_address(request),
        )

    form = PasswordChangeForm(request.POST or None)
    if form.carried_out(change):
        messages.success(request, "Your password is changed. Other devices are signed out.")
        return redirect("portal:start")
    return form_page(request, "portal/password_change.html", form)


def _can_be_mended(refusal: Refused) -> bool:
    """Whether another try with the same token may help; a dead token stays dead."""
    if isinstance(refusal, InvalidInput):
        return all(error.field != "token" for error in refusal.errors)
    return isinstance(refusal, RetryLater)
