"""The guard at the door, around http and websocket alike: host, launch token, cookie, origin, content type, headers.

The app listens on the loopback, where other accounts of the machine and any web page in the browser can reach it too. A foreign
Host is DNS rebinding, a foreign Origin is another site using this browser's cookie, and without the cookie nothing is said.
"""

from __future__ import annotations

import hmac
import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coder_app.web import visitor
from coder_app.web.answers import refusal
from coder_app.web.place import Place
from coder_app.web.plain import plain_page

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = frozenset({"/api/health", "/_stcore/health"})
LOCAL_HOSTS = re.compile(r"localhost\.?|\[::1\]|127(\.\d{1,3}){1,3}|0\.0\.0\.0", re.IGNORECASE)
UPLOAD_PUT = re.compile(r"/api/uploads/[^/]+")
NOT_PAGES = ("/api/", "/static/", "/static-", "/_stcore/", "/media/", "/component/", "/who", "/vendor/")


def _policy(place: Place) -> str:
    """What a page may load: ourselves only. Streamlit needs inline styles, blob modules (components) and eval (Vega)."""
    parts = (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        f"connect-src 'self' ws://{place.authority}",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(parts)


class Guard:
    """ASGI middleware. Leaves `coder.place` and `coder.visitor` in the scope for the routes."""

    def __init__(self, app: ASGIApp, place: Place) -> None:
        self.app = app
        self.place = place
        self.headers = {
            "Content-Security-Policy": _policy(place),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope["coder.place"] = self.place
        scope["coder.visitor"] = visitor.read(self.place, _cookies(headers))
        if scope["type"] == "websocket":
            await self._websocket(scope, headers, receive, send)
            return
        send = self._dressed(scope["path"], send)
        answer = self._host(scope, headers) or await self._door(scope, headers) or self._write(scope, headers)
        await (answer or self.app)(scope, receive, send)

    async def _websocket(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        closed_door = self.place.token is not None and scope["coder.visitor"] is None
        if headers.get("host", "").lower() != self.place.authority or not self._own_origin(headers) or closed_door:
            await send({"type": "websocket.close", "code": 1008, "reason": "Open the address printed in the terminal."})
            return
        await self.app(scope, receive, send)

    def _host(self, scope: Scope, headers: Headers) -> Response | None:
        """Refuse a foreign host; send other spellings of this machine to the one address, to which the outbox belongs."""
        host = headers.get("host", "").lower()
        if host == self.place.authority:
            return None
        name, _, port = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", "")
        if LOCAL_HOSTS.fullmatch(name) and port in ("", str(self.place.port)) and scope["method"] in ("GET", "HEAD"):
            query = scope["query_string"].decode("latin-1")
            path = "/" + scope.get("raw_path", scope["path"].encode()).decode("latin-1").split("?")[0].lstrip("/\\")
            return RedirectResponse(self.place.origin + path + (f"?{query}" if query else ""), status_code=307)
        return refusal(421, "wrong_host", f"This app answers at {self.place.origin} only.")

    async def _door(self, scope: Scope, headers: Headers) -> Response | None:
        """Token, cookie, and the chooser where nobody has been chosen."""
        path = scope["path"]
        page = scope["method"] == "GET" and not path.startswith(NOT_PAGES) and "." not in path.rsplit("/", 1)[-1]
        if page and "token=" in scope["query_string"].decode("latin-1"):
            answer = await self._login(scope)
            if answer is not None:
                return answer
        known = scope["coder.visitor"]
        if self.place.token is None:
            return None
        if known is None:
            return None if path in OPEN_PATHS else _closed(path)
        if page and "text/html" in headers.get("accept", ""):
            person = await run_in_threadpool(visitor.person_of, self.place, known)
            if person is None:
                query = urlencode({"next": path + ("?" + scope["query_string"].decode("latin-1")).rstrip("?")})
                return RedirectResponse(f"/who?{query}", status_code=303)
        return None

    async def _login(self, scope: Scope) -> Response | None:
        """With the right token: set the cookie and go on to the same address without it."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = next((value for name, value in pairs if name == "token"), "")
        right = self.place.token is None or hmac.compare_digest(given.encode(), self.place.token.encode())
        if not right:
            return None if scope["coder.visitor"] is not None else _closed(scope["path"])
        left = urlencode([(name, value) for name, value in pairs if name != "token"])
        answer = RedirectResponse("/" + scope["path"].lstrip("/\\") + (f"?{left}" if left else ""), status_code=303)
        arrived = await run_in_threadpool(visitor.newcomer, self.place, scope["coder.visitor"])
        answer.headers.append("Set-Cookie", visitor.cookie_header(self.place, arrived))
        return answer

    def _write(self, scope: Scope, headers: Headers) -> Response | None:
        """Unsafe methods: our own origin, and the one content type that a foreign form cannot send."""
        if scope["method"] in SAFE_METHODS:
            return None
        if not self._own_origin(headers):
            return refusal(403, "foreign_origin", f"Writes are taken from pages of {self.place.origin} only.")
        if not scope["path"].startswith("/api/"):
            return None
        upload = scope["method"] == "PUT" and UPLOAD_PUT.fullmatch(scope["path"])
        wanted = "application/octet-stream" if upload else "application/json"
        if headers.get("content-type", "").split(";")[0].strip().lower() != wanted:
            return refusal(415, "content_type", f"{scope['path']} takes {wanted}.")
        return None

    def _own_origin(self, headers: Headers) -> bool:
        """Browsers name the origin of every write and handshake; a script names none, and has no browser's cookie to abuse."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        return origin == self.place.origin

    def _dressed(self, path: str, send: Send) -> Send:
        private = path.startswith("/api/") or path == "/who"

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if private:
                    headers["Cache-Control"] = "private, no-store"
            await send(message)

        return dressed


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _closed(path: str) -> Response:
    if path.startswith(("/api/", "/_stcore/", "/static")):
        return refusal(401, "no_cookie", "Open the address that coder-app printed in the terminal.")
    text = "<p>Open the address that <code>coder-app</code> printed in the terminal: it carries the key to this door.</p>"
    return HTMLResponse(plain_page("This app is not open in this browser yet", text), status_code=401)
