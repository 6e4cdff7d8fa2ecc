"""Files appear whole or not at all; reports come often enough and not too often."""

import pytest

from coder_app.errors import MediaError
from coder_app.media import output
from coder_app.media.output import Reporter, replacing


def test_the_file_appears_at_the_end(tmp_path):
    out = tmp_path / "new" / "made"
    with replacing(out) as part:
        part.write_text("x")
        assert not out.exists()
        assert part.parent == out.parent
    assert out.read_text() == "x"
    assert list(out.parent.iterdir()) == [out]


def spoil(part):
    part.write_text("half")
    raise ZeroDivisionError


def test_the_old_file_stays_when_the_work_fails(tmp_path):
    out = tmp_path / "made"
    out.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(out) as part:
        spoil(part)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(MediaError, match="made"), replacing(tmp_path / "file" / "made"):
        pass


def test_reports_are_thinned_to_ten_a_second(monkeypatch):
    clock = iter(i / 100 for i in range(1000))
    monkeypatch.setattr(output.time, "monotonic", lambda: next(clock))
    said = []
    report = Reporter(lambda fraction, message: said.append((fraction, message)), "Working")
    for i in range(200):
        report(i / 100)
    report.done()
    assert 19 <= len(said) <= 22
    assert said[0] == (0.0, "Working")
    assert said[-1] == (1.0, "Working")
    assert max(fraction for fraction, _ in said) == 1.0
