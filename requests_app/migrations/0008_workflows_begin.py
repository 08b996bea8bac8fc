"""A type may begin a workflow with the work on a request."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0007_response_warns_at"),
        ("workflows", "0003_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="requesttype",
            name="workflow_project",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Where it begins.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflows.project",
            ),
        ),
        migrations.AddField(
            model_name="requesttype",
            name="workflow_template",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="What begins when the work on a request begins; admins see it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflows.workflowtemplate",
            ),
        ),
        migrations.AddField(
            model_name="servicerequest",
            name="workflow",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workflows.workflow",
            ),
        ),
        migrations.AddConstraint(
            model_name="requesttype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("workflow_project", None), ("workflow_template", None)),
                    models.Q(
                        ("workflow_project__isnull", False), ("workflow_template__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="requests_app_type_workflow",
            ),
        ),
    ]
