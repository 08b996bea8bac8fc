"""Registration, and the ways in and out."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import cookies, refresh, tokens
from accounts.attempts import attempt
from accounts.models import Session, User
from accounts.registration import open_to, register
from accounts.serializers import (
    LoginSerializer,
    MeSerializer,
    RefreshSerializer,
    RegistrationSerializer,
    SignedInSerializer,
    TokensSerializer,
)
from accounts.sign_in import authenticate, open_session
from accounts.views.bases import AccountView, OpenView, read
from core.api.serializers import NothingSerializer
from core.api.throttles import client_address
from core.errors import InvalidInput

ANN = {"email": "ann@example.com", "password": "correct horse battery staple"}


class RegisterView(OpenView):
    """New accounts, while registration is open."""

    @extend_schema(
        summary="Register",
        request=RegistrationSerializer,
        responses={201: MeSerializer},
        examples=[OpenApiExample("Ann", {**ANN, "name": "Ann"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Open an account as a requester. Registration can be closed by a setting."""
        open_to(client_address(request._request))
        user = register(**read(RegistrationSerializer, request))
        return Response(_shown(user, request), status.HTTP_201_CREATED)


class LoginView(OpenView):
    """In, by e-mail and password."""

    also_refuses_with = frozenset({401, 429})

    @extend_schema(
        summary="Sign in",
        request=LoginSerializer,
        responses=SignedInSerializer,
        examples=[OpenApiExample("Ann", ANN, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Open a session. With `"cookies": true` the tokens travel only as HttpOnly cookies."""
        given, address = read(LoginSerializer, request), client_address(request._request)
        user = authenticate(given["email"], given["password"], address=address)
        session = open_session(
            user,
            way=Session.Way.COOKIE if given["cookies"] else Session.Way.BEARER,
            address=address,
            user_agent=request.headers.get("User-Agent", ""),
        )
        answer = _handed_over(session, refresh.first(session))
        answer.data["user"] = _shown(user, request)
        return answer


class RefreshView(OpenView):
    """The next pair of tokens."""

    also_refuses_with = frozenset({401, 429})

    @extend_schema(summary="Refresh", request=RefreshSerializer, responses=TokensSerializer)
    def post(self, request: Request) -> Response:
        """Exchange a refresh token, once, for new tokens; a reused one ends its whole session."""
        given = read(RefreshSerializer, request).get("refresh")
        with attempt(address=client_address(request._request)):
            if given is not None:
                return _handed_over(*refresh.redeem(given, way=Session.Way.BEARER))
            return self._by_cookie(request)

    def _by_cookie(self, request: Request) -> Response:
        given = request.COOKIES.get(cookies.refresh_name())
        if given is None:
            raise InvalidInput.of("refresh", "This field is required.", code="required")
        cookies.refuse_forgery(request._request, refresh.named_session(given))
        return _handed_over(*refresh.redeem(given, way=Session.Way.COOKIE))


class LogoutView(AccountView):
    """Out, on this device."""

    @extend_schema(summary="Sign out", request=NothingSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """End this session; its tokens are dead at once."""
        read(NothingSerializer, request)
        request.auth.end(Session.EndReason.SIGNED_OUT)  # type: ignore[union-attr]
        return _gone()


class LogoutAllView(AccountView):
    """Out, everywhere."""

    @extend_schema(summary="Sign out everywhere", request=NothingSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """End every session of this account: API, portal and admin."""
        read(NothingSerializer, request)
        request.user.end_sessions(Session.EndReason.SIGNED_OUT)  # type: ignore[union-attr]
        return _gone()


def _handed_over(session: Session, refresh_token: str) -> Response:
    """Both tokens, in the body or as cookies, never both."""
    access = tokens.issue(session)
    if session.way == Session.Way.BEARER:
        return Response({"access": access, "refresh": refresh_token})
    response = Response({"csrf_token": cookies.csrf_token(session.pk)})
    cookies.hand_over(response, session, access=access, refresh=refresh_token)
    return response


def _gone() -> Response:
    response = Response(status=status.HTTP_204_NO_CONTENT)
    cookies.take_back(response)
    return response


def _shown(user: User, request: Request) -> dict[str, object]:
    return dict(MeSerializer(user, context={"request": request}).data)
