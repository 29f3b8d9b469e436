from __future__ import annotations

import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0001_initial"),
        ("workspace", "0002_two_keys_verdicts_attributes_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="api_key_set_by",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="workspace",
            name="campaign_seen",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="workspace",
            name="check_begun_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="check_step",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="workspace",
            name="check_wanted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="key_refused_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="next_api_key_set_by",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="workspace",
            name="next_key_refused_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="ConnectionEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("key_refused", "Braze refuses the key"),
                            ("key_accepted", "Braze accepts the key again"),
                            ("key_promoted", "The waiting key was put to use"),
                            ("permission_lost", "The key lost a permission"),
                            ("permission_back", "The key has a permission back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("permission", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        default=branding.scope.current_brand_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branding.brand",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="workspace.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)),
                        fields=["brand"],
                        name="workspace_event_untold",
                    )
                ],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="workspace_connectionevent_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(
                        fields=("brand", "id"), name="workspace_connectionevent_brand_key"
                    ),
                    branding.constraints.SameBrand(
                        field="workspace", name="workspace_connectionevent_workspace_brand"
                    ),
                ],
            },
        ),
    ]
