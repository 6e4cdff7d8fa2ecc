"""The maker of test clips itself: its frames read back by decoder and by browser, and hidden frames stay hidden."""

import base64

import av
import numpy as np
import pytest
from clips import BARCODE_JS, HIDDEN, KINDS, numbered_clip, picture, read_barcode
from playwright.sync_api import Browser

PLAY_AND_SEEK = (
    "async ([data, type, times]) => {"
    + BARCODE_JS
    + """
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const video = document.createElement("video");
    video.muted = true;
    video.src = URL.createObjectURL(new Blob([bytes], {type}));
    await new Promise((done, failed) => { video.onloadeddata = done; video.onerror = () => failed(video.error.message); });
    const played = [];
    const look = (_, {mediaTime}) => { played.push([readBarcode(video), mediaTime]); video.requestVideoFrameCallback(look); };
    video.requestVideoFrameCallback(look);
    video.playbackRate = 2;
    const ended = new Promise((done) => { video.onended = done; });
    await video.play();
    await ended;
    const sought = [];
    for (const time of times) {
        const shown = new Promise((done) => video.requestVideoFrameCallback((_, {mediaTime}) => done(mediaTime)));
        video.currentTime = time;
        const mediaTime = await shown;
        sought.push([readBarcode(video), mediaTime]);
    }
    return {played: played.map(([number]) => number), sought};
}"""
)


@pytest.mark.parametrize("number", [0, 1, 119, 0x5555, HIDDEN, 65_535])
@pytest.mark.parametrize("size", [(320, 180), (64, 32), (1280, 720)])
def test_a_picture_says_its_number(number, size):
    frame = picture(number, *size)
    assert read_barcode(frame.to_ndarray(format="gray")) == number
    assert read_barcode(frame.to_ndarray(format="rgb24")) == number


def test_a_blank_or_blended_picture_is_refused():
    two = [picture(n, 320, 180).to_ndarray(format="gray").astype(float) for n in (5, 6)]
    for bad in (np.full((180, 320), 128), sum(two) / 2):
        with pytest.raises(ValueError, match="No readable bar code"):
            read_barcode(bad)


@pytest.mark.parametrize("sound", [False, True], ids=["silent", "sound"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_frame_carries_its_index_at_the_stated_time(clip, kind, sound):
    made = clip(kind, sound=sound, frames=60)
    with av.open(str(made.path)) as container:
        assert len(container.streams.audio) == sound
        frames = [
            (frame.pts * frame.time_base, read_barcode(frame.to_ndarray(format="gray"))) for frame in container.decode(video=0)
        ]
    assert [number for _, number in frames] == list(range(60))
    assert [float(time) * 1e6 for time, _ in frames] == pytest.approx(made.container_us, abs=0.51)


def test_clips_are_deterministic(clip, tmp_path):
    again = numbered_clip(tmp_path / "again.mp4", "bframes", frames=60)
    assert again.path.read_bytes() == clip("bframes", frames=60).path.read_bytes()


def test_a_browser_reads_the_codes_and_never_shows_a_hidden_frame(clip, chromium: Browser):
    made = [clip(kind, frames=50) for kind in ("editlist", "start2s", "webm")]
    page = chromium.new_page()
    for one in made:
        ends = (*one.container_us[1:], one.end_us)
        wanted = [49, 0, 25, 1, 48, 2]
        middles = [(one.container_us[i] + ends[i]) / 2e6 for i in wanted]
        data = base64.b64encode(one.path.read_bytes()).decode()
        seen = page.evaluate(PLAY_AND_SEEK, [data, f"video/{one.path.suffix[1:]}", middles])
        assert len(seen["played"]) > 5
        assert all(number is not None and number < 50 for number in seen["played"]), (one.kind, seen["played"])
        assert [number for number, _ in seen["sought"]] == wanted, one.kind
        expected = [one.container_us[i] / 1e6 for i in wanted]
        assert [time for _, time in seen["sought"]] == pytest.approx(expected, abs=2e-6), one.kind
    page.close()
