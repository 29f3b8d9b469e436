from __future__ import annotations

from django.urls import path

from connection.views import connection

app_name = "connection"
urlpatterns = [
    path("", connection.connection, name="connection"),
    path("check/", connection.check, name="check"),
    path("check/status/", connection.check_status, name="check_status"),
    path("next-key/", connection.next_key, name="next_key"),
    path("next-key/use/", connection.promote_next_key, name="next_key_use"),
    path("next-key/remove/", connection.remove_next_key, name="next_key_remove"),
    path("confirm/<slug:item>/", connection.confirm, name="confirm"),
]
