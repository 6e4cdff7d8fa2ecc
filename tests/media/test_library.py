"""Files that are no videos: each is a MediaError that names the file, the reason and the next step."""

import os
import shutil
import subprocess
import sys

import av
import numpy as np
import pytest

from coder_app.errors import MediaError
from coder_app.media import filmstrip, fingerprint, frames, library, probe, waveform, working_copy


def sound_file(path):
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def song_with_cover(path):
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=48_000, layout="mono")
        cover = container.add_stream("mjpeg", rate=1)
        cover.width = cover.height = 32
        cover.pix_fmt = "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        container.mux(cover.encode(av.VideoFrame(32, 32, "yuvj420p")))
        container.mux(cover.encode(None))
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def no_frames(path):
    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width = stream.height = 32
        container.start_encoding()


def without_box(data, name):
    at = data.index(name) - 4
    return data[:at] + data[at + int.from_bytes(data[at : at + 4], "big") :]


def unknown_codec(data):
    at = data.rindex(b"avc1")
    return data[:at] + b"zzz9" + data[at + 4 :]


def empty_pictures(data):
    at = data.index(b"mdat") + 4
    return data[:at] + bytes(len(data) - at)


MAKERS = {
    "text": (lambda path, data: path.write_text("no video " * 200), "is no video"),
    "ansi art": (lambda path, data: path.write_text("\x1b[31mred\n" * 200), "is no video"),
    "playlist": (lambda path, data: path.write_text("#EXTM3U\n#EXTINF:4,\nok.mp4\n#EXT-X-ENDLIST\n"), "is no video"),
    "script": (lambda path, data: path.write_text("ffconcat version 1.0\nfile ok.mp4\n"), "is no video"),
    "random bytes": (lambda path, data: path.write_bytes(np.random.default_rng(1).bytes(5000)), "is no video"),
    "zero bytes": (lambda path, data: path.write_bytes(b""), "0 bytes"),
    "moov missing": (lambda path, data: path.write_bytes(without_box(data, b"moov")), "index .the moov box. is missing"),
    "mdat cut": (lambda path, data: path.write_bytes(data[: len(data) // 2]), "cut short: .* bytes of its pictures"),
    "moov cut": (lambda path, data: path.write_bytes(data[:300]), "cut short: .* bytes of its index"),
    "mdat of zeros": (lambda path, data: path.write_bytes(empty_pictures(data)), "none of its pictures can be decoded"),
    "unknown codec": (lambda path, data: path.write_bytes(unknown_codec(data)), "coding that can't be read"),
    "only sound": (lambda path, data: sound_file(path), "only sound"),
    "song with cover": (lambda path, data: song_with_cover(path), "only sound"),
    "no frames": (lambda path, data: no_frames(path), "no frames"),
    "a directory": (lambda path, data: path.mkdir(), "is a folder"),
    "a pipe": (lambda path, data: os.mkfifo(path), "not an ordinary file"),
    "missing": (lambda path, data: None, "no such file"),
}


@pytest.mark.parametrize("case", MAKERS)
def test_each_says_file_reason_and_next_step(clip, tmp_path, case):
    make, reason = MAKERS[case]
    path = tmp_path / "visit 3 é.mp4"
    make(path, clip("25", frames=30, sound=True).path.read_bytes())
    with pytest.raises(MediaError, match=rf"(?s)^visit 3 é\.mp4: .*{reason}.*\. [A-Z].*\(File: .*\)$"):
        frames.read(path)


@pytest.mark.parametrize("task", [probe.probe, frames.read, fingerprint.of], ids=["probe", "frames", "fingerprint"])
def test_readers_refuse_a_missing_file(tmp_path, task):
    with pytest.raises(MediaError, match="no such file"):
        task(tmp_path / "gone.mp4")


@pytest.mark.parametrize("task", [waveform.make, filmstrip.make, working_copy.make], ids=["waveform", "filmstrip", "copy"])
@pytest.mark.parametrize("case", ["text", "mdat cut", "only sound", "missing"])
def test_makers_refuse_alike_and_leave_nothing(clip, tmp_path, task, case):
    path, out = tmp_path / "in.mp4", tmp_path / "out"
    out.mkdir()
    MAKERS[case][0](path, clip("25", frames=30, sound=True).path.read_bytes())
    with pytest.raises(MediaError, match=r"^in\.mp4: "):
        task(path, out / "made")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("MAX_SIDE_PX", 100, "too large"), ("MAX_PIXELS", 1000, "too large"), ("MAX_STREAMS", 1, "more than 1 tracks")],
)
def test_limits(clip, monkeypatch, limit, value, reason):
    monkeypatch.setattr(library, limit, value)
    with pytest.raises(MediaError, match=reason):
        frames.read(clip("25", frames=30, sound=True).path)


def test_a_file_that_may_not_be_read(clip, tmp_path, monkeypatch):
    path = tmp_path / "locked.mp4"
    shutil.copy(clip("25", frames=30).path, path)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(av, "open", refuse)
    with pytest.raises(MediaError, match=r"locked\.mp4: .*permission denied"):
        frames.read(path)


@pytest.mark.parametrize(
    "error", [RuntimeError("odd"), IndexError(3), OverflowError("big"), UnicodeDecodeError("utf8", b"", 0, 1, "x")]
)
def test_odd_errors_of_the_library_are_put_in_words(clip, monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(av, "open", fail)
    with pytest.raises(MediaError, match=type(error).__name__) as told:
        frames.read(clip("25", frames=30).path)
    assert told.value.__cause__ is error


def test_a_full_disk_is_said(tmp_path):
    error = OSError(28, "No space left on device")
    assert "the disk is full" in str(library.explain(tmp_path / "x.mp4", error))


@pytest.mark.parametrize("error", [None, OSError("libGL.so.1: cannot open shared object file")])
def test_a_missing_library_is_said_when_called(clip, monkeypatch, error):
    if error is None:
        monkeypatch.setitem(sys.modules, "av", None)
    else:
        monkeypatch.setattr(library.importlib, "import_module", lambda _: (_ for _ in ()).throw(error))
    with pytest.raises(MediaError, match=r"PyAV does not load .*pip install") as told:
        frames.read(clip("25", frames=30).path)
    assert told.value.code == "media_library"


def test_importing_the_package_does_not_load_pyav():
    names = "filmstrip, fingerprint, frames, probe, waveform, working_copy"
    program = f"import sys; from coder_app.media import {names}; assert not {{'av', 'cv2'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
