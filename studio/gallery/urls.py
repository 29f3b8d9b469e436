"""/library/gallery/…"""

from __future__ import annotations

from django.urls import path

from studio.gallery.views import choosing, cutting, folders, pictures, uploads

urlpatterns = [
    path("", pictures.images, name="images"),
    path("upload/", uploads.upload, name="image_upload"),
    path("choose/", choosing.choose, name="image_choose"),
    path("folders/", folders.make, name="image_folder_make"),
    path("folders/<int:pk>/rename/", folders.rename, name="image_folder_rename"),
    path("folders/<int:pk>/remove/", folders.remove, name="image_folder_remove"),
    path("<int:pk>/", pictures.image, name="image"),
    path("<int:pk>/cut/", cutting.cut, name="image_cut"),
    path("<int:pk>/uses/", pictures.uses, name="image_uses"),
    path("<int:pk>/recall/", pictures.recall, name="image_recall"),
    path("<int:pk>/put-back/", pictures.put_back, name="image_put_back"),
    path("<int:pk>/remove/", pictures.remove, name="image_remove"),
    path("<int:pk>/pick/", choosing.pick, name="image_pick"),
    path("<int:pk>/pick/fit/", choosing.fit, name="image_fit"),
    path("<int:pk>/pick/cut/", choosing.cut_here, name="image_cut_here"),
]
