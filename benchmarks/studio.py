"""How fast practice clips are drawn, and whether the shipped ones are still what their scripts draw.

    python benchmarks/studio.py speed [--frames 40]
    python benchmarks/studio.py redraw [CLIP ...]

- speed: processor seconds a frame of the shipped size for moments that differ most (looking, sad, tickled, loomed at), on one
  thread; peer: x264 encoding the same frames with the settings of shipped clips. Sound: seconds a second of the longest clip.
- redraw: every frame of the shipped clips is drawn anew and compared with the decoded file; the sound is made and encoded
  anew, and the records are written anew. Takes minutes a clip. Ends with 1 if anything differs by more than the bounds below.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np

from coder_app.shipped import shipped
from coder_app.studio import script, sheets, sound, write
from coder_app.studio.render import AAC_BITS_PER_S, X264
from coder_app.studio.scene import Scene
from coder_app.studio.script import Script
from coder_app.studio.stage import Stage

MEAN_DIFFERENCE = 4.0  # grey levels, mean over a frame: what H.264 at the shipped quality leaves
SOUND_DB = -30.0  # what another version of the encoder may change, below the sound itself


def clips() -> list[Path]:
    return sorted(path.parent for path in shipped("sample_data").glob("*/script.yaml"))


def speed(n: int) -> None:
    cv2.setNumThreads(1)
    wanted = ("infant_gaze.face", "infant_face.negative", "caregiver_touch.playful", "regulation.intrusion: looming")
    for item in (next(one for sheet in sheets.SHEETS for one in sheet.items if one.code == code) for code in wanted):
        for cast in (("a", "a"), ("c", "c")):
            one = sheets.script_of(item, cast)
            scene, stage = Scene(one), Stage(one.cast, sheets.SIZE)
            taken, pictures = [], []
            for number in range(50, 50 + n):
                start = time.process_time()
                pictures.append(stage.draw(scene.at(number)))
                taken.append(time.process_time() - start)
            peer = encoding(pictures)
            low, high = np.percentile(taken, [50, 95])
            said = f"{1000 * low:5.1f} ms a frame (95th {1000 * high:.1f}), {1 / low:4.1f} frames/s"
            print(f"{item.code:32} {'+'.join(cast)}  {said}; x264 {1000 * peer:.1f} ms, ratio {low / peer:.1f}")
    longest = max((script.read(folder / "script.yaml") for folder in clips()), key=lambda one: one.length_us)
    start = time.process_time()
    sound.track(longest)
    print(f"sound of {longest.id}: {(time.process_time() - start) / (longest.length_us / 1e6):.4f} s a second")


def encoding(pictures: list[np.ndarray]) -> float:
    """Seconds a frame that x264 takes for the pictures."""
    start = time.process_time()
    with av.open(BytesIO(), "w", format="mp4") as file:
        video = file.add_stream("libx264", rate=25, options=X264)
        video.height, video.width = pictures[0].shape[:2]
        video.pix_fmt, video.codec_context.thread_count = "yuv420p", 1
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
    return (time.process_time() - start) / len(pictures)


def redraw(folders: list[Path]) -> bool:
    """Whether every clip is what its script draws today."""
    return all([_same(folder) for folder in folders])


def _same(folder: Path) -> bool:
    one = script.read(folder / "script.yaml")
    differences = np.fromiter(_differences(folder / "clip.mp4", one), float)
    heard = _sound_difference(folder / "clip.mp4", one)
    records = write.records_of(one)
    changed = [name for name, record in records.items() if (folder / name).read_text(encoding="utf-8") != record.text()]
    whole = len(differences) == one.n_frames
    worst = f"worst {differences.max():.2f} at frame {int(differences.argmax())}"
    said = f"changed: {', '.join(changed)}" if changed else "records as shipped"
    print(
        f"{one.id}: {len(differences)} frames, difference mean {differences.mean():.2f}, {worst}; sound {heard:.0f} dB; {said}"
    )
    return whole and differences.max() < MEAN_DIFFERENCE and heard < SOUND_DB and not changed


def _differences(path: Path, one: Script) -> Iterator[float]:
    scene, stage = Scene(one), Stage(one.cast, (one.size[0], one.size[1]))
    with av.open(str(path)) as file:
        for number, frame in enumerate(file.decode(video=0)):
            yield float(cv2.absdiff(frame.to_ndarray(format="bgr24"), stage.draw(scene.at(number))).mean())


def _sound_difference(path: Path, one: Script) -> float:
    """Power of what differs over that of the sound encoded anew, in dB; -99 where nothing differs."""
    made = _heard(_encoded(sound.track(one)))
    shipped = _heard(str(path))
    shared = min(len(made), len(shipped))  # the last packet may be cut or filled up
    differing, power = np.mean((made[:shared] - shipped[:shared]) ** 2), np.mean(made**2)
    return max(-99.0, 10 * float(np.log10(differing / power))) if differing > 0 else -99.0


def _encoded(track: np.ndarray) -> BytesIO:
    """A file of the sound alone, as clips have it."""
    out = BytesIO()
    with av.open(out, "w", format="mp4") as file:
        audio = file.add_stream("aac", rate=sound.RATE, layout="stereo")
        audio.bit_rate = AAC_BITS_PER_S
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(track.T), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = sound.RATE, 0, Fraction(1, sound.RATE)
        file.mux(audio.encode(frame))
        file.mux(audio.encode(None))
    out.seek(0)
    return out


def _heard(file: str | BytesIO) -> np.ndarray:
    """Decoded sound, shape (samples, 2)."""
    with av.open(file) as opened:
        return np.concatenate([frame.to_ndarray().T for frame in opened.decode(audio=0)]).astype(float)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("speed").add_argument("--frames", type=int, default=40)
    parts.add_parser("redraw").add_argument("clip", nargs="*", help="ids of clips; all if none is given")
    chosen = parser.parse_args()
    if chosen.part == "speed":
        speed(chosen.frames)
        return 0
    return 0 if redraw([folder for folder in clips() if not chosen.clip or folder.name in chosen.clip]) else 1


if __name__ == "__main__":
    sys.exit(main())
