from django.contrib import admin

from core.admin import LifecycleAdmin
from core.api.serializers import WorkItemSerializer
from core.api.viewsets import WorkItemViewSet
from tests.bells.models import Bell


class BellSerializer(WorkItemSerializer):
    class Meta:
        model = Bell
        fields = ["id", "reference", "title", "status", "created_by", "available_transitions"]


class BellViewSet(WorkItemViewSet):
    model, serializer_class = Bell, BellSerializer


@admin.register(Bell)
class BellAdmin(LifecycleAdmin):
    list_display, fields = ["reference", "title", "status_chip"], ["title", "created_by"]
