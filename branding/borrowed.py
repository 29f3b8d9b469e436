"""The wall around tables of other packages that hold a brand's data.

They get a brand_id their own code knows nothing of, filled from the scope they are written in, and the same policy as
our own tables.
"""

from __future__ import annotations

from django.db import migrations

_SCOPE = "nullif(current_setting('rls.current_tenant', true), '')::bigint"

_BUILD = """
ALTER TABLE {table} ADD COLUMN brand_id bigint DEFAULT ({scope}) REFERENCES branding_brand (id);
CREATE INDEX {table}_brand ON {table} (brand_id);
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_tenant_isolation_policy ON {table}
    USING (CASE WHEN (SELECT current_setting('rls.is_admin', true)) = 'true' THEN true
           ELSE brand_id = nullif((SELECT current_setting('rls.current_tenant', true)), '')::bigint END)
    WITH CHECK (CASE WHEN (SELECT current_setting('rls.is_admin', true)) = 'true' THEN true
           ELSE brand_id = nullif((SELECT current_setting('rls.current_tenant', true)), '')::bigint END);
"""

_UNDO = """
DROP POLICY {table}_tenant_isolation_policy ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
ALTER TABLE {table} DROP COLUMN brand_id;
"""

#: Tables walled this way; the test that asks PostgreSQL about every model reads it.
BORROWED = ("account_emailaddress", "account_emailconfirmation")


def wall_around(table: str) -> migrations.RunSQL:
    """The operation for a migration that runs after the one that makes the table."""
    return migrations.RunSQL(_BUILD.format(table=table, scope=_SCOPE), _UNDO.format(table=table))
