"""Connections to servers, kept open between questions: through a proxy where one is set, with trusted certificates."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from onrecord.errors import RegistryError

if TYPE_CHECKING:
    import ssl

    from urllib3 import PoolManager

KEPT = 8
"""Connections to one server that are kept open."""


def manager(url: str) -> PoolManager:
    """Return the connections by which a URL is reached, this process's own.

    Raises
    ------
    RegistryError
        A proxy is set that is none.
    """
    return _manager(_proxy(url), os.getpid())


def credentials(url: str) -> dict[str, str]:
    """Return the header for the user and password that a URL names; none where it names none."""
    from urllib3 import make_headers

    parts = urlsplit(url)
    if parts.username is None:
        return {}
    return make_headers(basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")


def _proxy(url: str) -> str | None:
    """Return the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names, unless NO_PROXY excepts the host."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    proxies = getproxies()
    found = proxies.get(parts.scheme.lower()) or proxies.get("all")
    return None if not found or proxy_bypass(parts.netloc.rpartition("@")[2]) else found


@cache
def _manager(proxy: str | None, _process: int) -> PoolManager:
    """Make the connections once for each process: sockets must not be shared with a fork."""
    from urllib3 import PoolManager, ProxyManager, make_headers

    if proxy is None:
        return PoolManager(maxsize=KEPT, ssl_context=_certificates())
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise RegistryError(f"{proxy!r} is no HTTP proxy", hint="set HTTPS_PROXY to one like http://proxy:3128")
    headers = None
    if parts.username is not None:
        headers = make_headers(proxy_basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
    place = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return ProxyManager(place, maxsize=KEPT, ssl_context=_certificates(), proxy_headers=headers)


def _certificates() -> ssl.SSLContext:
    """Trust what SSL_CERT_FILE or SSL_CERT_DIR names, or else the authorities that certifi lists."""
    import ssl

    import certifi

    named = "SSL_CERT_FILE" in os.environ or "SSL_CERT_DIR" in os.environ
    return ssl.create_default_context(cafile=None if named else certifi.where())
