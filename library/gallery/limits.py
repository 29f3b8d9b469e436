"""What a picture may be when it comes, and what it is when it is kept. docs/gallery.md says why."""

from __future__ import annotations

#: Bytes of an upload.
MOST_BYTES = 10 * 1024 * 1024
#: Pixels by kind. A baseline JPEG is decoded at a fraction of its size; the others have to be decoded whole.
MOST_PIXELS = {"JPEG": 50_000_000, "progressive JPEG": 16_000_000, "PNG": 16_000_000, "GIF": 4_000_000, "WebP": 8_000_000}  # fmt: skip
#: Thinner than this is a line, not a picture.
LEAST_SIDE = 16
LONGEST_SIDE = 20_000

MOST_FRAMES = 150
#: Pixels of all frames together: what it takes to read an animation.
MOST_MOVING_PIXELS = 60_000_000

#: Bytes of what is kept (PF25).
MOST_WEIGHT = 200 * 1024
#: CSS pixels; mails show most pictures at this width or less, and screens of phones want two for each.
SHOWN_WIDTH = 600
DENSITY = 2
#: Pixels of the longer side of what crops are cut from.
LARGEST_SIDE = 2_400
