import django.contrib.postgres.fields
import django.db.models.deletion
import django_rls_tenants.rls.constraints
from django.conf import settings
from django.db import migrations, models

import branding.constraints
import branding.scope


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0002_dark_look_and_identities"),
        ("groups", "0002_tags"),
        ("library", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Folder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=2000)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("final_url", models.CharField(blank=True, max_length=2000)),
                ("content_type", models.CharField(blank=True, max_length=120)),
                (
                    "trouble",
                    models.CharField(blank=True, help_text="Empty when it answered well.", max_length=40),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MailRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253),
                        blank=True,
                        default=list,
                        help_text="Empty: any.",
                        size=None,
                    ),
                ),
                (
                    "image_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253),
                        blank=True,
                        default=list,
                        help_text="Besides the gallery's own.",
                        size=None,
                    ),
                ),
                ("severities", models.JSONField(blank=True, default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "mail rules",
            },
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pattern", models.CharField(max_length=200)),
                ("is_regex", models.BooleanField(default=False)),
                (
                    "severity",
                    models.CharField(
                        choices=[("block", "Blocks"), ("warn", "Warns")], default="warn", max_length=5
                    ),
                ),
                (
                    "alternative",
                    models.CharField(blank=True, help_text="What to write instead.", max_length=200),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["pattern"],
            },
        ),
        migrations.CreateModel(
            name="TemplateShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("excludes", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="image",
            name="animated",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="image",
            name="box",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="cut_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="crops",
                to="library.image",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="decorative",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="image",
            name="digest",
            field=models.CharField(blank=True, help_text="SHA-256 of what was uploaded.", max_length=64),
        ),
        migrations.AddField(
            model_name="image",
            name="focal_x",
            field=models.FloatField(
                default=0.5, help_text="What must stay in sight, as a share of the width."
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="focal_y",
            field=models.FloatField(
                default=0.5, help_text="What must stay in sight, as a share of the height."
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="licence_note",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="image",
            name="licensed_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="recall_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="image",
            name="recalled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="module",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="module",
            name="draft",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="moduleversion",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="moduleversion",
            name="note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="template",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="template",
            name="valid_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="template",
            name="valid_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="library.templateversion",
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="note",
            field=models.CharField(blank=True, help_text="What changed, for colleagues.", max_length=300),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateversion",
            name="revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("brand", "template"), name="library_one_draft"
            ),
        ),
        migrations.AddField(
            model_name="folder",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="folder",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="folder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="images",
                to="library.folder",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["brand", "group", "-id"], name="library_images_of_group"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["brand", "digest"], name="library_images_digest"),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="mailrules",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="templateshare",
            name="brand",
            field=models.ForeignKey(
                db_index=False,
                default=branding.scope.current_brand_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branding.brand",
            ),
        ),
        migrations.AddField(
            model_name="templateshare",
            name="node",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="templateshare",
            name="tag",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="groups.tag",
            ),
        ),
        migrations.AddField(
            model_name="templateshare",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="library.template"
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="library_folder_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="library_folder_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=branding.constraints.SameBrand(field="group", name="library_folder_group_brand"),
        ),
        migrations.AddConstraint(
            model_name="folder",
            constraint=models.UniqueConstraint(
                fields=("brand", "group", "name"), name="library_folder_name", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="linkcheck",
            index=models.Index(
                condition=models.Q(("checked_at__isnull", True)),
                fields=["asked_at"],
                name="library_links_to_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="library_linkcheck_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="library_linkcheck_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.UniqueConstraint(fields=("brand", "digest"), name="library_link_once"),
        ),
        migrations.AddConstraint(
            model_name="mailrules",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="library_mailrules_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailrules",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="library_mailrules_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="mailrules",
            constraint=models.UniqueConstraint(fields=("brand",), name="library_one_set_of_rules"),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="library_restriction_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(fields=("brand", "id"), name="library_restriction_brand_key"),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(fields=("brand", "pattern"), name="library_restriction_once"),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=django_rls_tenants.rls.constraints.RLSConstraint(
                field="brand", name="library_templateshare_rls", tenant_pk_type="bigint"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=models.UniqueConstraint(
                fields=("brand", "id"), name="library_templateshare_brand_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=branding.constraints.SameBrand(
                field="template", name="library_templateshare_template_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=branding.constraints.SameBrand(field="node", name="library_templateshare_node_brand"),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=branding.constraints.SameBrand(field="tag", name="library_templateshare_tag_brand"),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("node__isnull", False), ("tag__isnull", True)),
                    models.Q(("node__isnull", True), ("tag__isnull", False)),
                    _connector="OR",
                ),
                name="library_share_names_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateshare",
            constraint=models.UniqueConstraint(
                fields=("brand", "template", "node", "tag"), name="library_share_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=branding.constraints.SameBrand(field="group", name="library_image_group_brand"),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=branding.constraints.SameBrand(field="folder", name="library_image_folder_brand"),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=branding.constraints.SameBrand(field="cut_from", name="library_image_cut_from_brand"),
        ),
        migrations.AddConstraint(
            model_name="moduleversion",
            constraint=branding.constraints.SameBrand(
                field="created_by", name="library_moduleversion_created_by_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=branding.constraints.SameBrand(
                field="based_on", name="library_templateversion_based_on_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=branding.constraints.SameBrand(
                field="created_by", name="library_templateversion_created_by_brand"
            ),
        ),
        migrations.AddConstraint(
            model_name="templateversion",
            constraint=branding.constraints.SameBrand(
                field="published_by", name="library_templateversion_published_by_brand"
            ),
        ),
    ]
