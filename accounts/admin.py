from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from unfold.paginator import InfinitePaginator

from accounts.models import AuditEntry, OpsAccess, Role, User
from branding.ops import EditOnlyAdmin, ReadOnlyAdmin

admin.site.unregister(Group)  # what people may do is said by Role


# An address is changed with its person; on a page of its own it could be made without a brand.
admin.site.unregister(EmailAddress)


@admin.register(User)
class UserAdmin(EditOnlyAdmin):
    """People; passwords are set by their owners, never here."""

    list_display = ["email", "name", "brand", "is_active", "is_staff", "last_login"]
    list_filter = ["brand", "is_active", "is_staff"]
    list_select_related = ["brand"]
    search_fields = ["email", "name"]
    fields = ["brand", "email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["brand", "last_login", "date_joined"]


@admin.register(Role)
class RoleAdmin(EditOnlyAdmin):
    list_display = ["name", "brand", "permissions"]
    list_filter = ["brand"]
    list_select_related = ["brand"]
    readonly_fields = ["brand"]


@admin.register(OpsAccess)
class OpsAccessAdmin(ReadOnlyAdmin):
    list_display = ["at", "email", "method", "path"]
    search_fields = ["email", "path"]
    date_hierarchy = "at"


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """What a brand's own people read on its audit page; PostgreSQL itself refuses to change it."""

    list_display = ["at", "brand", "actor", "action", "target", "note"]
    list_filter = ["action", "brand"]
    list_select_related = ["brand"]
    search_fields = ["actor", "target", "note"]
    paginator = InfinitePaginator  # nobody waits for a total of a long history
