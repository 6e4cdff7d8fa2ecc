"""The observation's clock: integer microseconds from the first frame of the reference video, and its table of frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coder_app.errors import Invalid


@dataclass(frozen=True, eq=False, slots=True)
class FrameTable:
    """The presentation time of every frame, strictly rising, and the end of the last one.

    `times_us` has shape (n_frames,), dtype int64; frame i is on screen during `[times_us[i], times_us[i + 1])`, the last one
    until `end_us`. Frames count from 0. Raises `Invalid` where there is no frame, or times do not rise.
    """

    times_us: npt.NDArray[np.int64]
    end_us: int

    def __post_init__(self) -> None:
        times = np.asarray(self.times_us, dtype=np.int64)
        if times.ndim != 1 or len(times) == 0:
            raise Invalid("A frame table needs the time of at least one frame. Read the frame times of the video again.")
        if bool((np.diff(times) <= 0).any()) or self.end_us <= int(times[-1]):
            raise Invalid("Frame times must rise, and the end must lie behind the last one. Read the frame times again.")
        object.__setattr__(self, "times_us", times)
        object.__setattr__(self, "end_us", int(self.end_us))

    def __len__(self) -> int:
        return len(self.times_us)

    def frame_at(self, t_us: int) -> int:
        """The frame on screen at `t_us`: between two frame times the earlier. Outside the video its first or last frame."""
        found = int(np.searchsorted(self.times_us, t_us, side="right")) - 1
        return max(found, 0)

    def nearest(self, t_us: int) -> int:
        """The frame whose own time is nearest to `t_us`, the earlier of two at equal distance."""
        earlier = self.frame_at(t_us)
        later = min(earlier + 1, len(self) - 1)
        return later if abs(self.time_of(later) - t_us) < abs(self.time_of(earlier) - t_us) else earlier

    def time_of(self, frame: int) -> int:
        """The time of `frame`. Raises `Invalid` where there is no such frame."""
        if not 0 <= frame < len(self):
            raise Invalid(f"There is no frame {frame}: this video has frames 0 to {len(self) - 1}.")
        return int(self.times_us[frame])

    def middle_us(self, frame: int) -> int:
        """The middle of the interval of `frame`: the time to seek to in order to see it."""
        end = self.time_of(frame + 1) if frame + 1 < len(self) else self.end_us
        return (self.time_of(frame) + end) // 2


def timecode(us: int) -> str:
    """`us` as "hh:mm:ss.mmm", cut to milliseconds by integer division; negative times carry a minus sign.

    >>> timecode(3_723_999_999)
    '01:02:03.999'
    """
    seconds, micro = divmod(abs(us), 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{'-' if us < 0 else ''}{hour:02d}:{minute:02d}:{second:02d}.{micro // 1000:03d}"
