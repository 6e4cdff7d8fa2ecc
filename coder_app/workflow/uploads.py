"""Uploads: a video that arrives in pieces and becomes one of the data folder's videos when it is whole.

The pieces are written to `uploads/<id>.part`; the row says how many bytes are safely there, so that a broken connection, a
restart or another browser of the same person goes on from that byte.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from coder_app.errors import Conflict, Invalid, MediaError, NotAllowed, NotFound
from coder_app.workflow import access, filenames, media
from coder_app.workflow.lab import Lab

Row = dict[str, Any]


def begin(lab: Lab, person: Row, name: str, size: int) -> Row:
    """A new upload of `size` bytes, or this person's unfinished one of the same name and size, to go on with.

    Returns its row: `id`, the safe `name`, `size_bytes`, `received_bytes`.
    Raises Invalid (an empty file), MediaError code "no_space" (the drive has too little room), NotAllowed.
    """
    access.require(person, "media.add")
    name = filenames.safe(name)
    if size <= 0:
        raise Invalid(f"{name} is empty: {size} bytes. Choose a video file.")
    found = lab.store.all("upload", person_id=person["id"], name=name, size_bytes=size)
    if found:
        row = _as_on_disk(lab, found[-1])
        filenames.check_space(_folder(lab), size - row["received_bytes"], name)
        return row
    filenames.check_space(_folder(lab), size, name)
    row = lab.store.insert("upload", name=name, size_bytes=size, person_id=person["id"])
    _part(lab, row["id"]).touch()
    return row


def append(lab: Lab, person: Row, upload_id: str, offset: int, data: bytes) -> Row:
    """Write the bytes from `offset` on and return the row, with the new `received_bytes`. They are on the disk then.

    Raises Conflict code "offset" if another byte is next (the message says which), Invalid if it would be more than was
    announced, MediaError code "no_space".
    """
    row = _own(lab, person, upload_id)
    received = row["received_bytes"]
    if offset != received:
        message = f"{row['name']}: the next byte is {received}, not {offset}. Send from byte {received} on."
        raise Conflict(message, code="offset")
    if received + len(data) > row["size_bytes"]:
        raise Invalid(
            f"{row['name']} was announced with {row['size_bytes']} bytes and would have {received + len(data)}. "
            "The file has changed since; choose it again."
        )
    try:
        with _part(lab, upload_id).open("r+b") as file:
            file.seek(offset)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        filenames.check_space(_folder(lab), len(data), row["name"])
        raise MediaError(f"{row['name']} could not be written to the data folder: {error.strerror}. Try again.") from error
    _advance(lab, row, received + len(data))
    return _own(lab, person, upload_id)


def finish(lab: Lab, person: Row, upload_id: str) -> Row:
    """All bytes are there: the file moves into `media/` and is added; returns what `media.add` does.

    Raises Conflict code "offset" if bytes are missing. A file that is no usable video raises MediaError, and is dropped.
    """
    row = _own(lab, person, upload_id)
    if row["received_bytes"] != row["size_bytes"]:
        raise Conflict(
            f"{row['name']} has {row['received_bytes']} of {row['size_bytes']} bytes. Send the rest from byte "
            f"{row['received_bytes']} on.",
            code="offset",
        )
    file = filenames.settle(_part(lab, upload_id), Path(lab.folder.media), row["name"])
    lab.store.delete("upload", id=upload_id)
    try:
        return media.take_in(lab, person, file)
    except MediaError as error:
        file.unlink(missing_ok=True)
        raise MediaError(str(error).removesuffix(f" (File: {file})"), code=error.code) from error


def unfinished(lab: Lab, person: Row) -> list[Row]:
    """This person's uploads that wait for the rest of their bytes, oldest first."""
    access.require(person, "media.add")
    return [_as_on_disk(lab, row) for row in lab.store.all("upload", person_id=person["id"])]


def drop(lab: Lab, person: Row, upload_id: str) -> None:
    """Give an unfinished upload up; what has arrived is deleted."""
    _own(lab, person, upload_id)
    lab.store.delete("upload", id=upload_id)
    _part(lab, upload_id).unlink(missing_ok=True)


def _own(lab: Lab, person: Row, upload_id: str) -> Row:
    access.require(person, "media.add")
    row = lab.store.get("upload", upload_id)
    if row is None:
        raise NotFound(f"There is no unfinished upload {upload_id}; it may be complete. Look at the list of videos.")
    if row["person_id"] != person["id"]:
        raise NotAllowed(f"{row['name']} is being uploaded by another person. Upload your own copy.")
    return _as_on_disk(lab, row)


def _as_on_disk(lab: Lab, row: Row) -> Row:
    """The row, put right if its file is shorter than it says, as after a restore of the data folder."""
    part = _part(lab, row["id"])
    if not part.exists():
        part.touch()
    size = part.stat().st_size
    if size < row["received_bytes"]:
        lab.store.update("upload", row["id"], received_bytes=size)
        return row | {"received_bytes": size}
    return row


def _advance(lab: Lab, row: Row, received: int) -> None:
    with lab.store.transaction() as rows:
        where = {"id": row["id"], "received_bytes": row["received_bytes"]}
        moved = rows.update_where("upload", where, received_bytes=received)
    if not moved:
        message = f"{row['name']} is being uploaded from two places at once. Close one; the other goes on."
        raise Conflict(message, code="offset")


def _folder(lab: Lab) -> Path:
    folder = Path(lab.folder.uploads)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _part(lab: Lab, upload_id: str) -> Path:
    return _folder(lab) / f"{upload_id}.part"
