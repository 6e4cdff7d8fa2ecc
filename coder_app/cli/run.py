"""`coder-app run`: serve the app on this machine and open the browser."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from coder_app.cli.common import Data, Database, data_of, database_of
from coder_app.errors import Invalid, StoreError
from coder_app.workflow.lab import Lab
from coder_app.workflow.opening import open_lab, without_sample

PORT = 8612
SETTING = "port"
LOOPBACK = ("127.0.0.1", "localhost")

Port = Annotated[int | None, typer.Option("--port", min=1024, max=65535, help=f"Kept with the data folder; at first {PORT}.")]
Host = Annotated[str, typer.Option("--host", help="Only this machine itself: 127.0.0.1.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")]
Sample = Annotated[bool, typer.Option("--sample/--no-sample", help="Give a new data folder the sample study.")]
Token = Annotated[bool, typer.Option("--token/--no-token", help="Ask browsers for the token of the printed address.")]


def run(
    data: Data = None,
    port: Port = None,
    host: Host = "127.0.0.1",
    database: Database = None,
    browser: Browser = True,
    token: Token = True,
    sample: Sample = True,
) -> None:
    """Start the app and keep it running until Ctrl+C.

    Its address is http://127.0.0.1:PORT. Without a token every account of this machine can open it: for scripts on a machine
    of your own.
    """
    check_host(host)
    lab = open_lab(data_of(data), database_of(database), sample)
    try:
        if not sample:
            without_sample(lab)
        lock = lab.folder.lock()
        try:
            serve(lab, port, browser, secrets.token_urlsafe(24) if token else None)
        finally:
            lock.release()
    finally:
        lab.close()


def serve(lab: Lab, port: int | None, browser: bool, token: str | None) -> None:
    """Serve on the port asked for, else on the one kept with the data folder. Raises StoreError if it is taken."""
    from coder_app.web import server

    before = lab.store.setting(SETTING)
    chosen = port or before or PORT
    if chosen != before:
        lab.store.set_setting(SETTING, chosen)
    if before is not None and chosen != before:
        typer.echo(moved(before, chosen))
    try:
        server.serve(lab, chosen, browser, token)
    except StoreError:
        if before is not None and chosen != before:
            lab.store.set_setting(SETTING, before)
        raise


def moved(before: int, chosen: int) -> str:
    """What a changed port means for work that a browser still holds."""
    return (
        f"Port {chosen} is kept with this data folder from now on. Work that a browser has not sent yet waits at the old "
        f"address http://127.0.0.1:{before}; to send it, start once with --port {before} and open that address."
    )


def check_host(host: str) -> None:
    """Raise Invalid for anything but this machine."""
    if host not in LOOPBACK:
        raise Invalid(
            f"--host {host} is refused: people have no passwords here, so the app listens on this machine only (127.0.0.1). "
            "Leave --host out; for a lab give each machine its own app and share the records with --database."
        )
