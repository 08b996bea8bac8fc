"""The lamps' API and admin."""

from django.contrib import admin
from django_filters import NumberFilter

from core.api.filters import ChoicesFilter, PersonFilter, SearchFilter, StrictFilterSet
from core.api.ordering import Ordering
from core.api.serializers import WorkItemSerializer
from core.api.viewsets import WorkItemViewSet
from discussion.admin import DiscussedAdmin
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from tests.lamps.models import Lamp


class LampSerializer(WorkItemSerializer):
    class Meta:
        model = Lamp
        fields = ["id", "reference", "title", "watts", "room", "crack", "keeper", "status"]
        fields += ["created_by", "created_at", "updated_at", "available_transitions"]


class LampFilterSet(StrictFilterSet):
    status = ChoicesFilter(choices=Lamp.Status.choices)
    created_by = PersonFilter(field_name="created_by")
    watts = NumberFilter()
    search = SearchFilter(fields=["title"])

    class Meta:
        model = Lamp
        fields = []


class LampViewSet(Discussed, Filed, ExportsToFiles, InBackground, WorkItemViewSet):
    model = Lamp
    serializer_class = LampSerializer
    filterset_class = LampFilterSet
    orderings = {
        "created_at": Ordering("created_at"),
        "room": Ordering("room", nullable=True),
        "watts": Ordering("watts"),
    }
    export_columns = {"reference": lambda lamp: lamp.reference, "title": lambda lamp: lamp.title}


@admin.register(Lamp)
class LampAdmin(DiscussedAdmin):
    list_display = ["reference", "title", "status_chip"]
    fields = ["title", "watts", "room", "crack", "keeper", "status", "created_by"]
