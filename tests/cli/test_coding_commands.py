"""`coder-app coding`: as issue 2, part 9 says."""

from __future__ import annotations

import csv
import io
import json

import pytest

from coder_app.shipped import shipped

SCHEME = "serve-and-return-quick"


@pytest.fixture
def media_id(ask, clip) -> str:
    return ask("media", "add", clip)[0]["id"]


def new(media_id: str, coder: str, scheme: object = SCHEME) -> tuple[object, ...]:
    return ("coding", "new", "--media", media_id, "--scheme", scheme, "--coder", coder)


def test_new_makes_person_and_observation_once(ask, media_id) -> None:
    first, second = ask(*new(media_id, "Ana")), ask(*new(media_id, "Bo"))
    assert first["id"] != second["id"]
    assert first["observation_id"] == second["observation_id"]
    assert (first["observation"], first["coder"], first["state"]) == ("visit 1", "Ana", "open")
    assert {"Ana", "Bo"} <= {row["name"] for row in ask("people", "list")}
    assert [row["id"] for row in ask("coding", "list")] == [first["id"], second["id"]]
    assert ask("coding", "list", "--observation", first["observation_id"])[0]["id"] == first["id"]


def test_a_scheme_is_an_id_or_a_file(ask, run, media_id, tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    text = (shipped("schemes") / f"{SCHEME}.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace(f"id: {SCHEME}", "id: mine", 1), encoding="utf-8")
    assert ask(*new(media_id, "Ana", file))["scheme"] == "mine"
    assert ask(*new(media_id, "Ben", "mine"))["scheme"] == "mine"  # a coding brought it in
    assert ask(*new(media_id, "Cem", "mine@1.0"))["scheme_version"] == "1.0"
    assert ask(*new(media_id, "Ana", f"{SCHEME}@1.0"))["scheme"] == SCHEME
    file.write_text("id: 7\n", encoding="utf-8")
    for scheme, code in (("unknown", 3), (file, 6)):
        result = run(*new(media_id, "Ana", scheme))
        assert result.exit_code == code
        assert result.stderr.startswith("Error: ")


def test_unknown_video_and_person_in_the_bin(run, ask, media_id) -> None:
    assert run(*new("nothing", "Ana")).exit_code == 3
    assert ask("coding", "list") == []


def test_export(ask, run, media_id, tmp_path) -> None:
    coding_id = ask(*new(media_id, "Ana"))["id"]
    export = ask("coding", "export", coding_id)
    assert (export["id"], export["about"]["scheme"]) == (coding_id, f"{SCHEME}@1.0")
    assert export["events"] == []
    assert ask("coding", "export", coding_id, "--revision", 0)["about"]["revision"] == 0
    assert run("coding", "export", coding_id, "--revision", 1).exit_code == 3
    header = next(csv.reader(io.StringIO(run("coding", "export", coding_id, "--format", "csv").stdout)))
    assert {"onset_s", "onset_frame", "scheme"} <= set(header)
    for suffix in ("csv", "xlsx", "json"):
        told = ask("coding", "export", coding_id, "--out", tmp_path / f"a.{suffix}")
        assert told == {"id": coding_id, "path": str(tmp_path / f"a.{suffix}"), "format": suffix}
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["about"]["coder"] == "Ana"
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--format", "xlsx"), 6), (("--format", "pdf"), 6), (("--out", "a.pdf"), 6), (("--out", "/nowhere/a.csv"), 8)],
)
def test_exports_that_cannot_be(ask, run, media_id, options, code) -> None:
    coding_id = ask(*new(media_id, "Ana"))["id"]
    result = run("coding", "export", coding_id, *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("Error: ")


def test_submit_and_reopen(ask, run, media_id) -> None:
    coding_id = ask(*new(media_id, "Ana"))["id"]
    blocked = run("coding", "submit", coding_id)
    assert blocked.exit_code == 6  # exhaustive streams are not covered
    assert "Not submitted" in blocked.stderr
    assert run("coding", "reopen", coding_id, "--reason", "look again").exit_code == 5


def test_agreement_is_a_command_too(ask, run, media_id) -> None:
    first, second = (ask(*new(media_id, name))["id"] for name in ("Ana", "Bo"))
    assert run("agreement", first, second).exit_code == 0
    assert ask("agreement", first, second)
