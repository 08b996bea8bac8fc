"""How tickets, and what belongs to them, are shown, and what may be written."""

from tickets.serializers.canned import (
    CannedReplySerializer,
    RenderedSerializer,
    RenderSerializer,
)
from tickets.serializers.checklist_templates import (
    ApplyTemplateSerializer,
    ChecklistTemplateSerializer,
)
from tickets.serializers.links import LinkSerializer, SeenLinkSerializer
from tickets.serializers.routing import (
    RoutingAnswerSerializer,
    RoutingQuestionSerializer,
    RoutingRuleSerializer,
)
from tickets.serializers.schedules import (
    OccurrenceSerializer,
    ScheduleSerializer,
    UpcomingSerializer,
)
from tickets.serializers.tags import TagSerializer
from tickets.serializers.tickets import TicketSerializer
from tickets.serializers.work_orders import (
    ChecklistItemSerializer,
    PlannedWorkSerializer,
    WorkOrderSerializer,
)

__all__ = [
    "ApplyTemplateSerializer",
    "CannedReplySerializer",
    "ChecklistItemSerializer",
    "ChecklistTemplateSerializer",
    "LinkSerializer",
    "OccurrenceSerializer",
    "PlannedWorkSerializer",
    "RenderSerializer",
    "RenderedSerializer",
    "RoutingAnswerSerializer",
    "RoutingQuestionSerializer",
    "RoutingRuleSerializer",
    "ScheduleSerializer",
    "SeenLinkSerializer",
    "TagSerializer",
    "TicketSerializer",
    "UpcomingSerializer",
    "WorkOrderSerializer",
]
