"""One page fetched, because a person asked for it: without cookies, passwords or a proxy, and within bounds.

A proxy that the environment names is not used: it would look the name up again, and nobody could say what it reaches.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, responses
from queue import Empty, Queue
from urllib.parse import urljoin

from dragoman.errors import IntakeError
from dragoman.intake.addresses import Address, Reach, parse_address, shown
from dragoman.intake.sources import Format

MOST_PASSED_ON = 5
"""Times that one address may pass on to another."""
READ = {
    "text/html": Format.PAGE,
    "application/xhtml+xml": Format.PAGE,
    "application/pdf": Format.PDF,
    "text/plain": Format.TEXT,
}
"""What is taken, by the content type under which it is sent."""
_PASSED_ON = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_PIECE = 65_536
_HEADERS = {
    "User-Agent": "dragoman (one page, at a person's request)",
    "Accept": ", ".join(READ),
    "Accept-Language": "en",
    "Accept-Encoding": "identity",  # what is packed small could unpack to anything
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave, and the address that gave it in the end."""

    url: str
    data: bytes
    format: Format


class Pinned(HTTPConnection):
    """A connection to IP addresses that were checked, under the name that the page was asked for by."""

    def __init__(self, address: Address, ips: Sequence[str], until: float) -> None:
        super().__init__(address.host, address.port)
        self.default_port = address.port  # so that the host is named without it
        self.wire: socket.socket | None = None
        self._secure, self._ips, self._until = address.secure, ips, until

    def connect(self) -> None:
        """Connect to the first of them that answers; over TLS the certificate must be that of the name."""
        self.sock = self.wire = self._reached()
        if self._secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self.wire = secured
            secured.do_handshake()
        _left(self._until)

    def _reached(self) -> socket.socket:
        failed: OSError = TimeoutError()
        for ip in self._ips:
            try:
                return socket.create_connection((ip, self.port), _left(self._until))
            except OSError as error:
                failed = error
        raise failed

    def cut(self) -> None:
        """End it, whatever another thread waits for: a host may send a letter a second for ever."""
        if self.wire is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.wire, socket.SHUT_RDWR)  # what lies below TLS


def fetch(url: str, most_bytes: int, seconds: float, reach: Reach | None = None) -> Fetched:
    """What an address gives. Raises ``IntakeError``, whose text is the end of a sentence.

    Where an address passes on to another, that is checked as the first was.
    """
    reach = reach or Reach()
    until = time.monotonic() + seconds
    try:
        for _ in range(MOST_PASSED_ON + 1):
            found = _ask(parse_address(url, reach.ports), reach, most_bytes, until)
            if isinstance(found, Fetched):
                return found
            url = found
    except (OSError, HTTPException) as error:
        late = time.monotonic() >= until
        why = f"it took longer than {seconds:g} seconds" if late else _why(error)
        raise IntakeError(f"{why}; try again later, or save the page and read that") from error
    raise IntakeError(f"it is passed on more than {MOST_PASSED_ON} times; save the page and read that")


def _ask(address: Address, reach: Reach, most_bytes: int, until: float) -> Fetched | str:
    """What one address gives, or the address that it passes on to."""
    with _connected(address, _looked_up(address, reach, until), until) as connection:
        connection.request("GET", address.target, headers=_HEADERS)
        with connection.getresponse() as answer:
            _left(until)  # what was cut looks like an end
            if answer.status in _PASSED_ON and (where := answer.getheader("Location")):
                return _onward(address, where.strip())
            if answer.status != HTTPStatus.OK:
                raise IntakeError(_refusal(answer.status))
            return Fetched(address.url, format=_format(answer), data=_body(answer, most_bytes, until))


def _looked_up(address: Address, reach: Reach, until: float) -> Sequence[str]:
    """The IP addresses of a host, in the time that is left: the system itself waits for a name as long as it likes."""
    answers: Queue[Sequence[str] | Exception] = Queue()
    threading.Thread(target=_look_up, args=(address, reach, answers), daemon=True).start()
    try:
        found = answers.get(timeout=_left(until))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def _look_up(address: Address, reach: Reach, answers: Queue[Sequence[str] | Exception]) -> None:
    try:
        answers.put(reach.ips(address))
    except Exception as error:  # told by who waits for it
        answers.put(error)


def _onward(address: Address, where: str) -> str:
    try:
        return urljoin(address.url, where)
    except ValueError:
        return where  # which then is told to be no address


@contextmanager
def _connected(address: Address, ips: Sequence[str], until: float) -> Iterator[Pinned]:
    """A connection that is cut when the time is over."""
    connection = Pinned(address, ips, until)
    timer = threading.Timer(_left(until), connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.close()


def _left(until: float) -> float:
    """The seconds that are left. Raises ``TimeoutError`` where none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _format(answer: HTTPResponse) -> Format:
    """How what is sent is read. Raises ``IntakeError`` for what is not."""
    if (packed := answer.getheader("Content-Encoding", "identity").strip().lower()) not in ("", "identity"):
        raise IntakeError(f"it is sent packed ({shown(packed)}), which was not asked for; save the page and read that")
    kind = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in READ:
        told = f"it is {shown(kind)}" if kind else "it does not say what it is"
        raise IntakeError(f"{told}, and only web pages, PDF and plain text are fetched; save it and read that")
    return READ[kind]


def _body(answer: HTTPResponse, most_bytes: int, until: float) -> bytes:
    """All that is sent. Raises ``IntakeError`` for more than is taken."""
    data = bytearray()
    while len(data) <= most_bytes and (piece := answer.read(_PIECE)):
        data += piece
    _left(until)
    if len(data) > most_bytes:
        raise IntakeError(f"it is larger than {most_bytes / 1_000_000:g} MB, the limit for one document")
    if answer.length:
        raise IntakeError("it broke off before its end; try again later")
    return bytes(data)


def _refusal(status: int) -> str:
    advice = "check the address" if status in _GONE else "open it in a browser, and save the page to read it"
    return f"its site answers {status} ({responses.get(status, 'nothing known')}); {advice}"


def _why(error: Exception) -> str:
    """What went wrong on the way, in a few words."""
    match error:
        case ssl.SSLCertVerificationError():
            return f"its site cannot show that it is who it says ({error.verify_message.rstrip('.')})"
        case ssl.SSLError():
            return "its site does not answer over TLS"
        case OSError():
            return f"its site does not answer ({error.strerror or 'no connection'})"
    return "its site answers what is no page"
