"""The portal as a Django app, and the admin with the portal's sign-in."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    """Server-rendered pages, and the look they share with the admin."""

    name = "portal"
    default = True


class PortalAdminConfig(admin.AdminConfig):
    """Django Admin behind our own sign-in; listed in place of `django.contrib.admin`."""

    default = False
    default_site = "portal.admin_site.PortalAdminSite"
