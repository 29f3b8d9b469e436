import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.conf import settings
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("branding", "0002_dark_look_and_identities"),
        ("library", "0004_restriction_needs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MergeRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scheduled",
                    models.CharField(
                        choices=[
                            ("leave", "They stay on the version they have"),
                            ("renew", "They are renewed, or taken back where people have to look again"),
                            ("hold", "Sending of this template is stopped until somebody lifts the stop"),
                        ],
                        default="leave",
                        max_length=5,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("ended", "Ended early"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("not_before", models.DateTimeField()),
                ("alive_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("cursor", models.BigIntegerField(default=0)),
                ("rounds", models.PositiveSmallIntegerField(default=0)),
                ("tally", models.JSONField(default=dict)),
                ("left", models.JSONField(default=list)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merge_runs",
                        to="library.template",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="library.templateversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    django_rls_tenants.rls.constraints.RLSConstraint(
                        field="brand", name="studio_mergerun_rls", tenant_pk_type="bigint"
                    ),
                    models.UniqueConstraint(fields=("brand", "id"), name="studio_mergerun_brand_key"),
                    branding.constraints.SameBrand(field="template", name="studio_mergerun_template_brand"),
                    branding.constraints.SameBrand(field="version", name="studio_mergerun_version_brand"),
                    branding.constraints.SameBrand(field="asked_by", name="studio_mergerun_asked_by_brand"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("brand", "template"),
                        name="studio_one_merge_at_a_time",
                    ),
                ],
            },
        ),
    ]
