"""Addresses of pages: which may be fetched at all, and that they lead to the open internet and nowhere else.

An address may come from anybody: a colleague's list, or a page that passes on to another. None may reach what only this
machine can, a router's settings or a service that trusts its neighbours.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from dragoman.errors import IntakeError

SCHEMES = ("http://", "https://")
LONGEST = 2_000
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?", re.ASCII)
_UNICAST = IPv6Network("2000::/3")
_IN_IPV6 = IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 show the addresses of that (RFC 6052); the last four bytes are one."""
_NOT_IN_STEM = re.compile(r"[^\w.-]+")
_SUFFIX = re.compile(r"\.(?:html?|xhtml|pdf|txt)\Z", re.IGNORECASE)

IPAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page, taken apart. ``target`` is what its host is asked for."""

    url: str
    secure: bool
    host: str
    port: int
    target: str


def is_address(text: str) -> bool:
    """Whether a text is meant as the address of a page, and not as a path."""
    return text.lower().startswith(SCHEMES)


def parse_address(url: str, ports: Mapping[str, int]) -> Address:
    """An address that may be fetched. Raises ``IntakeError``, the end of a sentence, for any other."""
    if len(url) > LONGEST or not url.isprintable():
        raise IntakeError(f"an address has at most {LONGEST:,} letters, all of them printable; check it")
    try:
        parts = urlsplit(url)
        if parts.scheme not in ports:
            raise IntakeError(f"it leads to {shown(url)}, and only http and https are fetched; check the address")
        host, port = _host(parts), parts.port
    except ValueError:
        raise IntakeError("it is no address of a page; check it") from None
    if parts.username is not None or parts.password is not None:
        raise IntakeError("it holds a name or a password; give it without, or save the page and read that")
    if port not in (None, ports[parts.scheme]):
        raise IntakeError(f"it asks for port {port}, and only the usual ones are used; save the page and read that")
    target = quote(parts.path, _IN_PATH) or "/"
    if parts.query:
        target += f"?{quote(parts.query, _IN_PATH + '?')}"
    return Address(url.partition("#")[0], parts.scheme == "https", host, ports[parts.scheme], target)


def _host(parts: SplitResult) -> str:
    """The host as its name is looked up. Raises ``ValueError`` for what can be none."""
    host = parts.hostname or ""
    if ":" in host:
        return str(IPv6Address(host))
    host = host.encode("idna").decode().lower()
    if not _HOST.fullmatch(host):
        raise ValueError
    return host


def shown(text: str) -> str:
    """What somebody else wrote, as a sentence can carry it."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:100])
    return plain + "…" * (len(text) > 100)


def site_of(url: str) -> str:
    """The name of the site that an address is at."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def stem_of(url: str) -> str:
    """A name for the document that an address leads to."""
    bare = url.partition("#")[0].partition("://")[2].removeprefix("www.")
    return _NOT_IN_STEM.sub("-", _SUFFIX.sub("", bare)).strip("-.")[:80].strip("-.") or "page"


def is_public(ip: IPAddress) -> bool:
    """Whether an IP address is one of the open internet: no private, loopback, link-local, multicast or reserved one,
    and none that leads to such a one by another way of writing it."""
    if isinstance(ip, IPv6Address):
        if ip in _IN_IPV6:
            return is_public(IPv4Address(ip.packed[-4:]))
        if ip not in _UNICAST or ip.sixtofour is not None or ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses that a host has now. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached: how names are looked up, which IP addresses are let through, and at which ports."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    allows: Callable[[IPAddress], bool] = is_public
    ports: Mapping[str, int] = field(default_factory=lambda: {"http": 80, "https": 443})

    def ips(self, address: Address) -> Sequence[str]:
        """The IP addresses of a host, all of which are let through. Raises ``IntakeError``, the end of a sentence.

        They are what is connected to afterwards: the name is not looked up again, when it might lead elsewhere.
        """
        try:
            found = self.resolve(address.host, address.port)
        except (OSError, UnicodeError):
            raise IntakeError(
                f"{address.host} is not found; check the address, and whether this machine reaches the internet"
            ) from None
        for one in found:
            if not self.allows(ip_address(one)):
                where = one if one == address.host else f"{address.host} is at {one}, which"
                raise IntakeError(f"{where} is not on the open internet; save the page and read that")
        return found
