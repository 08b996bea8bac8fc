"""In and out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import web
from accounts.sign_in import authenticate
from core.api.throttles import client_address
from portal.forms import SignInForm
from portal.views.pages import form_page


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password, then go where the person was heading."""
    destination = _destination(request)
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(destination)

    def enter(*, email: str, password: str) -> None:
        web.sign_in(request, authenticate(email, password, address=client_address(request)))

    form = SignInForm(request.POST or None)
    if form.carried_out(enter):
        return redirect(destination)
    return form_page(request, "portal/sign_in.html", form, next=destination)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    web.sign_out(request)
    messages.success(request, "You are signed out.")
    return redirect("portal:start")


def _destination(request: HttpRequest) -> str:
    """Where `next` points, if that is on this site: an open redirect would lend our name to phishers."""
    asked_for = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked_for, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked_for if is_ours else resolve_url("portal:start")
