"""Videos: add by picking or by upload, facts as measured, rename, bin, find a moved file again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from coder_app.errors import CoderError
from coder_app.web import words
from coder_app.web.components import browse, facts_list, upload
from coder_app.web.components.attempt import attempt, given
from coder_app.workflow import access, media, media_roots

Row = dict[str, Any]


@st.dialog("Add videos", width="large", on_dismiss="rerun")
def add(lab: Any, person: Row) -> None:
    way = st.segmented_control(
        "Where from",
        ["From this computer", "From a folder of the lab"],
        default="From this computer",
        label_visibility="collapsed",
    )
    with attempt():
        if way == "From this computer":
            _upload()
        else:
            _pick(lab, person)


def _upload() -> None:
    if upload.show("videos_upload", sorted(media_roots.VIDEO_SUFFIXES)) is not None:
        st.session_state["videos_added"] = True
    if st.session_state.pop("videos_added", False):
        st.rerun()


def _pick(lab: Any, person: Row) -> None:
    st.caption("Videos picked here stay where they are; the app reads them in place.")
    picked = browse.show("videos_browse", media.roots(lab), lambda root, sub: media.browse(lab, root, sub))
    if picked is not None:
        root, subs = picked
        with st.spinner("Reading the time of every frame"):
            refused = list(filter(None, [_picked(lab, person, root, sub) for sub in subs]))
        if not refused:
            st.rerun()
        if len(refused) < len(subs):
            st.success(f"Added {words.count(len(subs) - len(refused), 'video')}; the others were not:")
        for reason in refused:
            st.error(reason)
    if access.may(person, "media.edit"):
        with st.expander("Open another folder for picking"):
            _roots(lab, person)


def _picked(lab: Any, person: Row, root: Path, sub: str) -> str | None:
    """Why it could not be added, else None: one file that is no video does not keep the others out."""
    try:
        media.pick(lab, person, root, sub)
    except CoderError as error:
        return str(error)
    return None


def _roots(lab: Any, person: Row) -> None:
    path = st.text_input("Path of the folder", key="videos_root_path", placeholder=str(Path.home() / "Videos"))
    if st.button("Open for picking"):
        path = given(path, "the path of a folder")
        media.add_root(lab, person, path)
        browse.go("videos_browse", Path(path).expanduser().resolve())
        st.rerun(scope="fragment")


@st.dialog("Video", width="large")
def facts(lab: Any, person: Row, media_id: str) -> None:
    with attempt():
        row = next(video for video in media.listing(lab, person) if video["id"] == media_id)
        info = row["info"]
        pairs = {
            "Name": row["name"],
            "File": row["file"],
            "Size": words.size(row["size_bytes"]),
            "Length": words.length(row["length_us"]),
            "Frames": str(row["frame_count"]),
            "Frames a second, measured": words.rate(row["fps"]) + (" (variable)" if info.get("vfr") else ""),
            "Frames a second, declared": words.rate(info.get("nominal_fps")),
            "Picture": f"{info.get('width')} × {info.get('height')}, {info.get('video_codec')}",
            "Sound": str(info.get("audio_codec") or "none"),
            "Longest way to a keyframe": words.seconds(info.get("longest_keyframe_gap_us")),
            "Plays in the browser": "yes" if info.get("browser_playable") else "no",
            "Working copy": ", ".join(filter(None, (row["working_copy"].replace("_", " "), info.get("why")))),
            "Problems": "; ".join(row["problems"]) or "none found",
        }
        facts_list.show(pairs)


@st.dialog("Change a video")
def change(lab: Any, person: Row, media_id: str) -> None:
    with attempt():
        row = media.get(lab, media_id)
        name = st.text_input("Name", row["name"])
        left, right = st.columns(2)
        if left.button("Save", type="primary", width="stretch"):
            media.rename(lab, person, media_id, name)
            st.rerun()
        if right.button("Move to the bin", width="stretch"):
            media.bin(lab, person, media_id)
            st.rerun()
        st.caption("In the bin a video keeps its file; observations made of it keep working.")


@st.dialog("Find a moved video")
def relink(lab: Any, person: Row, media_id: str) -> None:
    with attempt():
        row = media.get(lab, media_id)
        st.write(f"{row['name']} is not where it was. Name the file that has the same content.")
        path = st.text_input("Path of the file", row["path"])
        if st.button("Use this file", type="primary"):
            media.relink(lab, person, media_id, given(path, "the path of the file"))
            st.rerun()


BY_NAME = {"facts": facts, "change": change, "relink": relink}
