import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

import branding.models


class Migration(migrations.Migration):
    dependencies = [
        ("branding", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="legalidentity",
            name="branding_one_identity",
        ),
        migrations.AddField(
            model_name="legalidentity",
            name="countries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_accent",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_background",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_line",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_link",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_muted",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_on_accent",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_on_primary",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_primary",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_surface",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="dark_text",
            field=models.CharField(
                blank=True,
                max_length=7,
                validators=[
                    django.core.validators.RegexValidator(
                        "^#[0-9a-fA-F]{6}\\Z",
                        "Write a colour as # and six hexadecimal digits, such as #0f766e.",
                    )
                ],
            ),
        ),
        migrations.AddField(
            model_name="theme",
            name="draft",
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="theme",
            name="logo_dark",
            field=models.FileField(
                blank=True,
                help_text="For mails shown dark; empty means the logo holds on both.",
                upload_to=branding.models.brand_file,
            ),
        ),
        migrations.AddConstraint(
            model_name="legalidentity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("countries", [])), fields=("brand",), name="branding_one_default_identity"
            ),
        ),
    ]
