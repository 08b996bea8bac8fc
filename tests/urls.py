"""The product's addresses, and the test-only app's."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from flowtrack.urls import *  # noqa: F403
from flowtrack.urls import urlpatterns as product
from tests.bells.surfaces import BellViewSet
from tests.lamps.surfaces import LampViewSet

router = SimpleRouter()
router.register("bells", BellViewSet, basename="bells")
router.register("lamps", LampViewSet, basename="lamps")

urlpatterns = [path("api/", include(router.urls)), *product]
