import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0002_dark_look_and_identities"),
        ("groups", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.group"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=40)),
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
                    "groups",
                    models.ManyToManyField(related_name="tags", through="groups.GroupTag", to="groups.group"),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="grouptag",
            name="tag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="groups.tag"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="groups_tag_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="groups_tag_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("brand", "slug"), name="groups_tag_slug"),
        ),
        migrations.AddConstraint(
            model_name="grouptag",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="groups_grouptag_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="grouptag",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="groups_grouptag_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="grouptag",
            constraint=branding.constraints.SameBrand(field="group", name="groups_grouptag_group_brand"),
        ),
        migrations.AddConstraint(
            model_name="grouptag",
            constraint=branding.constraints.SameBrand(field="tag", name="groups_grouptag_tag_brand"),
        ),
        migrations.AddConstraint(
            model_name="grouptag",
            constraint=models.UniqueConstraint(fields=("brand", "group", "tag"), name="groups_tagged_once"),
        ),
    ]
