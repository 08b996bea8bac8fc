"""Addresses of the portal."""

from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("", views.start, name="start"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.change_password, name="password-change"),
    path("password-reset/", views.request_reset, name="password-reset"),
    path("password-reset/sent/", views.reset_sent, name="password-reset-sent"),
    path("password-reset/<str:token>/", views.redeem_reset, name="password-reset-redeem"),
]
