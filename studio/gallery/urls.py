"""/library/gallery/…"""

from __future__ import annotations

from django.urls import path

from studio.gallery.views import choosing

urlpatterns = [
    path("choose/", choosing.choose, name="image_choose"),
    path("<int:pk>/pick/", choosing.pick, name="image_pick"),
    path("<int:pk>/pick/fit/", choosing.fit, name="image_fit"),
    path("<int:pk>/pick/cut/", choosing.cut_here, name="image_cut_here"),
]
