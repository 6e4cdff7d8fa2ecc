"""Videos: what has been imported, as measured, what is wrong with it, and the way to add more."""

from __future__ import annotations

from coder_app.web import frame
from coder_app.web.views import video_list

lab, person = frame.page(
    "Videos", "Frame rates are measured from the time of every frame; the rate a file declares is only a label."
)
video_list.show(lab, person)
