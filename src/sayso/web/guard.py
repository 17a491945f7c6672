"""Who may ask: this machine, by this address, with the session's key; and what a page may do."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

READS = frozenset({"GET", "HEAD"})
HEADER = "x-sayso-token"
PARAMETER = "token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# "same-origin" and not "no-referrer": under the latter a browser sends "Origin: null" with a form.
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Key:
    """The secrets of one session and the port it is served at.

    `token` opens the session: it stands in the start address and then in a cookie that scripts cannot read.
    `write` stands in every form.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    write: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a browser may call this server; any other is a stranger's name for this machine."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so it says the port itself."""
        return f"sayso-{self.port}"

    def start(self) -> str:
        """The address to open first."""
        return f"http://127.0.0.1:{self.port}/?{urlencode({PARAMETER: self.token})}"

    def opens(self, given: str | None) -> bool:
        """Whether this is the session's token."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def may_write(self, given: str | None) -> bool:
        """Whether this is what forms of this session carry, or its token."""
        ours = hmac.compare_digest((given or "").encode("utf-8", "replace"), self.write.encode())
        return ours or self.opens(given)


class Guard:
    """Lets only the session's own browser in, and sends the policy along with every answer."""

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self.app, self.key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        answer = self._answer(request)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await (answer or self.app)(scope, receive, guarded)

    def _answer(self, request: Request) -> Response | None:
        """What to say instead of a page: a refusal, or the way in; None lets it pass."""
        if request.headers.get("host") not in self.key.hosts:
            return _refuse("This server answers to 127.0.0.1 only.")
        if request.method not in READS and not self._from_here(request):
            return _refuse("This came from another page: the workbench takes words from its own pages only.")
        if request.method in READS and self.key.opens(request.query_params.get(PARAMETER)):
            return self._let_in(request)
        if self.key.opens(request.cookies.get(self.key.cookie)) or self.key.opens(request.headers.get(HEADER)):
            return None
        return _refuse("Open the address that `sayso open` printed: it holds the key to this session.")

    def _from_here(self, request: Request) -> bool:
        """Whether a write comes from a page of this server, or from a program that holds the token."""
        origin = request.headers.get("origin")
        if origin is None:
            return self.key.opens(request.headers.get(HEADER))
        site = request.headers.get("sec-fetch-site", "same-origin")
        return origin in {f"http://{host}" for host in self.key.hosts} and site == "same-origin"

    def _let_in(self, request: Request) -> Response:
        rest = [(name, value) for name, value in request.query_params.multi_items() if name != PARAMETER]
        # A path that begins with two slashes would lead to another host.
        path = "/" + request.url.path.lstrip("/\\")
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), HTTPStatus.SEE_OTHER)
        answer.set_cookie(self.key.cookie, self.key.token, httponly=True, samesite="strict")
        return answer


def _refuse(reason: str) -> Response:
    return PlainTextResponse(reason + "\n", HTTPStatus.FORBIDDEN)
