"""Pages at addresses: fetched from the open internet alone, within bounds. The internet here is a server of the test,
under names that a resolver of the test knows; nothing else is ever asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from intake_factory import PARAGRAPHS, make_page, make_pdf

from dragoman.errors import IntakeError
from dragoman.intake import Cause, SetAside, iter_documents
from dragoman.intake.addresses import IPAddress, Reach, is_public, stem_of
from dragoman.intake.fetching import MOST_PASSED_ON, Fetched, fetch
from dragoman.record import Document

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
MOST, SECONDS = 50_000, 10.0
Answer = Callable[[BaseHTTPRequestHandler], None]


class Site(ThreadingHTTPServer):
    """A server that answers each path as a test wants, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HERE, 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[dict[str, str]] = []
        self.names = {"news.example": [HERE]}

    def reach(self) -> Reach:
        """The open internet of this test: the one IP address at which the server is."""
        return Reach(resolve=self.look_up, allows=is_here, ports={"http": self.server_port, "https": 443})

    def look_up(self, host: str, port: int) -> Sequence[str]:
        if host not in self.names:
            raise OSError("unknown")
        return self.names[host]

    def fetch(self, url: str, *, most: int = MOST, seconds: float = SECONDS) -> Fetched:
        return fetch(url, most, seconds, self.reach())


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path} | {k.lower(): v for k, v in self.headers.items()})
        self.server.answers[self.path](self)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests look at what was asked."""


def is_here(ip: IPAddress) -> bool:
    return str(ip) == HERE


def sends(data: bytes = b"", status: int = 200, **headers: str) -> Answer:
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def why(site: Site, url: str = "http://news.example/story", **bounds: float) -> str:
    with pytest.raises(IntakeError) as told:
        site.fetch(url, **bounds)  # type: ignore[arg-type]
    return str(told.value)


def test_a_page_becomes_a_document_that_knows_its_address(site: Site) -> None:
    site.answers["/2024/05/talks.html?id=7"] = sends(make_page())
    (document,) = iter_documents(
        ["http://news.example/2024/05/talks.html?id=7#top"], fetch=partial(fetch, reach=site.reach())
    )
    assert isinstance(document, Document)
    assert document.url == "http://news.example/2024/05/talks.html?id=7"
    assert document.id == "news.example-2024-05-talks.html-id-7"
    assert document.outlet is not None
    assert document.outlet.value == "news.example"
    assert "Freedonia" in document.text
    assert "never read" not in document.text


def test_pdf_and_plain_text_are_read_as_what_they_are(site: Site) -> None:
    site.answers["/a"] = sends(make_pdf([list(PARAGRAPHS)]), Content_Type="application/pdf")
    site.answers["/b"] = sends(PARAGRAPHS[0].encode(), Content_Type="text/plain")
    found = list(
        iter_documents(["http://news.example/a", "http://news.example/b"], fetch=partial(fetch, reach=site.reach()))
    )
    assert [one.media_type for one in found if isinstance(one, Document)] == ["application/pdf", "text/plain"]


def test_what_cannot_be_fetched_is_set_aside_and_the_rest_goes_on(site: Site) -> None:
    site.answers["/a"] = sends(make_page())
    addresses = ["http://nowhere.example/", "http://news.example/a"]
    aside, document = iter_documents(addresses, fetch=partial(fetch, reach=site.reach()))
    assert isinstance(document, Document)
    assert aside == SetAside(
        "http://nowhere.example/",
        "http://nowhere.example/ is not read: nowhere.example is not found; check the address, and whether this "
        "machine reaches the internet",
        Cause.UNREADABLE,
    )


def test_the_site_is_asked_by_its_name_and_told_nothing_else(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # where nothing listens
    site.answers["/story"] = sends(b"x", Set_Cookie="who=you")
    site.fetch("http://news.example/story")
    site.fetch("http://news.example/story#end")
    assert [one["host"] for one in site.asked] == ["news.example"] * 2
    assert set(site.asked[1]) == {
        *("path", "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection")
    }


def test_letters_beyond_ascii_are_asked_for_as_addresses_have_them(site: Site) -> None:
    site.names["xn--mnchen-3ya.example"] = [HERE]
    site.answers["/gr%C3%BC%C3%9Fe%20x?q=%C3%A4&r=1%2F2"] = sends(b"x")
    assert site.fetch("http://München.example/grüße x?q=ä&r=1%2F2").data == b"x"


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "4000::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2001:0:1::1"),
    ],
)
def test_what_is_not_of_the_open_internet_is_refused(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_what_is_of_the_open_internet_is_let_through(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "0x7f.1", "2130706433", "017700000001", "localhost", "[::1]", "[::ffff:127.0.0.1]"),
        *("10.0.0.1", "169.254.169.254", "[fd00::1]"),
    ],
)
def test_however_it_is_written_this_machine_and_its_network_are_not_asked(host: str) -> None:
    with pytest.raises(IntakeError, match=r"not on the open internet; save the page|is not found"):
        fetch(f"http://{host}/", MOST, SECONDS)


def test_a_name_with_one_address_too_many_is_not_asked_at_all(site: Site) -> None:
    site.names["news.example"] = [HERE, ELSEWHERE]
    assert why(site).startswith(f"news.example is at {ELSEWHERE}, which is not on the open internet")
    assert site.asked == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(site: Site) -> None:
    site.answers["/story"] = sends(b"x")
    looked_up = []

    def another_each_time(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return [HERE] if len(looked_up) == 1 else [ELSEWHERE]

    reach = replace(site.reach(), resolve=another_each_time)
    assert fetch("http://news.example/story", MOST, SECONDS, reach).data == b"x"
    assert looked_up == ["news.example"]


def test_the_next_address_of_a_host_is_tried_where_one_does_not_answer(site: Site) -> None:
    site.answers["/story"] = sends(b"x")
    site.names["news.example"] = ["127.0.0.3", HERE]  # where nothing listens
    reach = replace(site.reach(), allows=lambda ip: True)
    assert fetch("http://news.example/story", MOST, SECONDS, reach).data == b"x"


class TestPassedOn:
    def test_the_last_address_counts(self, site: Site) -> None:
        site.answers["/story"] = sends(status=301, Location="/stories/7?x#y")
        site.answers["/stories/7?x"] = sends(b"x")
        assert site.fetch("http://news.example/story").url == "http://news.example/stories/7?x"

    @pytest.mark.parametrize(
        ("to", "told"),
        [
            ("http://inner.example/", "inner.example is at 127.0.0.2, which is not on the open internet"),
            ("http://127.0.0.2/", "127.0.0.2 is not on the open internet"),
            ("//inner.example/", "inner.example is at 127.0.0.2, which is not on the open internet"),
            ("file:///etc/passwd", "it leads to file:///etc/passwd, and only http and https are fetched"),
            ("http://a:b@news.example/", "it holds a name or a password"),
            ("http://news.example:22/", "it asks for port 22, and only the usual ones are used"),
            ("http://[::1/", "it is no address of a page"),
        ],
    )
    def test_each_address_is_checked_anew(self, site: Site, to: str, told: str) -> None:
        site.names |= {"inner.example": [ELSEWHERE], ELSEWHERE: [ELSEWHERE]}
        site.answers["/story"] = sends(status=302, Location=to)
        assert why(site).startswith(told)
        assert len(site.asked) == 1

    def test_not_for_ever(self, site: Site) -> None:
        site.answers["/story"] = sends(status=307, Location="/story")
        assert why(site).startswith(f"it is passed on more than {MOST_PASSED_ON} times")
        assert len(site.asked) == MOST_PASSED_ON + 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://me:secret@news.example/", "it holds a name or a password; give it without"),
        ("http://me@news.example/", "it holds a name or a password; give it without"),
        ("http://news.example:8080/", "it asks for port 8080"),
        ("http://news.example:port/", "it is no address of a page"),
        ("http://", "it is no address of a page"),
        ("http://a b/", "it is no address of a page"),
        ("http://news.example\\@inner.example/", "it holds a name or a password"),
        ("http://news.example/\r\nX: y", "an address has at most 2,000 letters, all of them printable"),
        ("http://news.example/" + "a" * 2_000, "an address has at most 2,000 letters"),
    ],
)
def test_what_is_no_plain_address_is_refused(site: Site, url: str, told: str) -> None:
    assert why(site, url).startswith(told)
    assert site.asked == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (sends(b"x" * (MOST + 1)), "it is larger than 0.05 MB, the limit for one document"),
        (sends(b"x", Content_Length=str(MOST)), "it broke off before its end"),
        (sends(b"x", Content_Type="image/png"), "it is image/png, and only web pages, PDF and plain text are fetched"),
        (sends(b"x", Content_Type=""), "it does not say what it is"),
        (sends(b"x", Content_Encoding="br"), "it is sent packed (br), which was not asked for"),
        (sends(b"x", status=404), "its site answers 404 (Not Found); check the address"),
        (sends(b"x", status=403), "its site answers 403 (Forbidden); open it in a browser"),
        (sends(b"x", status=799), "its site answers 799 (nothing known)"),
        (lambda handler: None, "its site does not answer (no connection); try again later"),
        (lambda handler: handler.wfile.write(b"SSH-2.0\r\n"), "its site answers what is no page"),
    ],
)
def test_what_a_site_may_not_send_is_told_in_a_sentence(site: Site, answer: Answer, told: str) -> None:
    site.answers["/story"] = answer
    assert why(site).startswith(told)


@pytest.mark.parametrize("headers", [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_site_that_sends_a_letter_at_a_time_is_cut_off(site: Site, headers: bytes) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(headers)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    def drip_until_cut(handler: BaseHTTPRequestHandler) -> None:
        try:
            drip(handler)
        except OSError:
            cut.set()

    cut = threading.Event()
    site.answers["/story"] = drip_until_cut
    assert why(site, seconds=0.2).startswith("it took longer than 0.2 seconds; try again later")
    assert cut.wait(5)


def test_a_name_is_not_waited_for_without_end(site: Site) -> None:
    over = threading.Event()

    def never(host: str, port: int) -> Sequence[str]:
        over.wait(5)
        return [HERE]

    with pytest.raises(IntakeError, match=r"it took longer than 0.1 seconds"):
        fetch("http://news.example/story", MOST, 0.1, replace(site.reach(), resolve=never))
    over.set()


def test_where_nothing_answers_that_is_said(site: Site) -> None:
    gone = replace(site.reach(), ports={"http": 1})
    with pytest.raises(IntakeError, match=r"its site does not answer \(Connection refused\); try again later"):
        fetch("http://news.example/", MOST, SECONDS, gone)


def test_over_tls_a_site_must_show_who_it_is(site: Site) -> None:
    plain = replace(site.reach(), ports={"https": site.server_port})  # which speaks no TLS
    with pytest.raises(IntakeError, match="its site does not answer over TLS"):
        fetch("https://news.example/", MOST, SECONDS, plain)


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://www.news.example/2024/05/talks/", "news.example-2024-05-talks"),
        ("https://news.example/talks.html#x", "news.example-talks"),
        ("https://news.example/?id=7&x=<b>", "news.example-id-7-x-b"),
        ("https://", "page"),
    ],
)
def test_documents_are_named_after_their_address(url: str, stem: str) -> None:
    assert stem_of(url) == stem
