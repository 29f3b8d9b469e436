"""Addresses of one brand are no business of another: allauth's tables go behind the wall as well.

An address is unique inside its brand. allauth wants it unique everywhere, which would tell one brand of another's
people; inside a scope it sees one brand only, so what it relies on still holds.
"""

from __future__ import annotations

from django.db import migrations

from branding.borrowed import wall_around


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("branding", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        wall_around("account_emailaddress"),
        wall_around("account_emailconfirmation"),
        migrations.RunSQL(
            """
            DROP INDEX IF EXISTS unique_verified_email;
            CREATE UNIQUE INDEX account_emailaddress_in_brand ON account_emailaddress (brand_id, email)
                NULLS NOT DISTINCT WHERE verified;
            """,
            """
            DROP INDEX account_emailaddress_in_brand;
            CREATE UNIQUE INDEX unique_verified_email ON account_emailaddress (email) WHERE verified;
            """,
        ),
    ]
