from __future__ import annotations

import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0001_initial"),
        ("workspace", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="check_trouble",
            field=models.CharField(
                blank=True, editable=False, help_text="Why the last check could not be made.", max_length=500
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="checked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workspace",
            name="confirmed",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="workspace",
            name="next_api_key_encrypted",
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name="workspace",
            name="next_api_key_set_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("default", "Default attribute"), ("custom", "Custom attribute")],
                        default="custom",
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(help_text="As Braze spells it.", max_length=255)),
                ("label", models.CharField(help_text="What people read.", max_length=80)),
                (
                    "data_type",
                    models.CharField(
                        choices=[
                            ("string", "Text"),
                            ("number", "Number"),
                            ("boolean", "Yes or no"),
                            ("time", "Date and time"),
                            ("array", "List"),
                        ],
                        default="string",
                        max_length=8,
                    ),
                ),
                ("operators", models.JSONField(blank=True, default=list)),
                ("values", models.JSONField(blank=True, default=list)),
                ("for_personalisation", models.BooleanField(default=False)),
                ("for_filter", models.BooleanField(default=False)),
                ("for_fence", models.BooleanField(default=False)),
                (
                    "fallback",
                    models.CharField(
                        blank=True, help_text="Written in a mail where a person has no value.", max_length=120
                    ),
                ),
                ("seen_in_braze_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "ordering": ["label"],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="workspace_attribute_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(fields=("brand", "id"), name="workspace_attribute_brand_key"),
                    models.UniqueConstraint(
                        fields=("brand", "source", "name"), name="workspace_attribute_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "custom"),
                            models.Q(("for_fence", False), ("for_filter", False)),
                            _connector="OR",
                        ),
                        name="workspace_only_custom_attributes_filter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BrazeAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(help_text="Key in workspace.questions.", max_length=60)),
                ("answer", models.CharField(max_length=60)),
                (
                    "evidence",
                    models.CharField(
                        blank=True, help_text="What Braze answered, without the key.", max_length=1000
                    ),
                ),
                ("asked_at", models.DateTimeField()),
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
                        related_name="answers",
                        to="workspace.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["question"],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="workspace_brazeanswer_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(fields=("brand", "id"), name="workspace_brazeanswer_brand_key"),
                    branding.constraints.SameBrand(
                        field="workspace", name="workspace_brazeanswer_workspace_brand"
                    ),
                    models.UniqueConstraint(fields=("brand", "question"), name="workspace_answer_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermissionVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("of_next_key", models.BooleanField(default=False)),
                (
                    "permission",
                    models.CharField(
                        help_text="Braze's name, such as messages.schedule.create.", max_length=60
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("held", "Held"), ("missing", "Missing"), ("unknown", "Unknown")],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField(help_text="When this verdict was first found.")),
                ("checked_at", models.DateTimeField()),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="What Braze said, without the key.", max_length=300
                    ),
                ),
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
                        related_name="verdicts",
                        to="workspace.workspace",
                    ),
                ),
            ],
            options={
                "ordering": ["permission"],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="workspace_permissionverdict_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(
                        fields=("brand", "id"), name="workspace_permissionverdict_brand_key"
                    ),
                    branding.constraints.SameBrand(
                        field="workspace", name="workspace_permissionverdict_workspace_brand"
                    ),
                    models.UniqueConstraint(
                        fields=("brand", "of_next_key", "permission"), name="workspace_verdict_once"
                    ),
                ],
            },
        ),
    ]
