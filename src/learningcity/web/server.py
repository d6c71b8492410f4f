"""Serve the site with waitress, the same on Windows, macOS and Linux."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity.web import jobs

if TYPE_CHECKING:
    from waitress.channel import HTTPChannel

HOST, PORT = "127.0.0.1", 8000
#: What a server listens on to answer at all addresses of the machine; no browser can ask for it by name.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104


def serve(
    host: str = HOST,
    port: int = PORT,
    *,
    threads: int = 4,
    overlay: str | os.PathLike[str] | None = None,
    study: str | os.PathLike[str] | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site until it is stopped (Ctrl+C).

    Parameters
    ----------
    host, port
        Where to listen. A host other than the loopback one is allowed by name at once; further
        names go into LEARNINGCITY_HOSTS.
    threads
        How many requests are answered at a time.
    overlay
        Folder with the user's own tables, "none" for none at all; LEARNINGCITY_OVERLAY when None.
    study
        Study file that the site shows, "none" for that of the award cities; LEARNINGCITY_STUDY when None.
    ready
        Called once with the address when the server listens and the atlas is loaded.

    Raises
    ------
    SetupError
        The port is taken or may not be used, the host is not one of this machine, or the study file is wrong.
    """
    # Assigned: the settings of another Django project in this shell are not ours.
    os.environ["DJANGO_SETTINGS_MODULE"] = "learningcity.web.settings"
    if overlay is not None:
        os.environ["LEARNINGCITY_OVERLAY"] = os.fspath(overlay)
    if study is not None:
        os.environ["LEARNINGCITY_STUDY"] = os.fspath(study)
    from waitress.server import create_server

    # Bound before the atlas is loaded: a port that is taken should be told at once.
    try:
        listening = _listen(host, port)
    except (OSError, OverflowError) as error:
        raise _port_error(host, port, error) from error
    server = create_server(
        _late_application, sockets=[listening], threads=threads, ident="learningcity", **_in_memory()
    )
    server.channel_class = _channel()
    try:
        _prepare(host)
        if ready is not None:
            shown = "127.0.0.1" if host in EVERYWHERE else host
            ready(f"http://{f'[{shown}]' if ':' in shown else shown}:{server.effective_port}/")
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        jobs.DESK.close()
        server.close()


def _in_memory() -> dict[str, int]:
    """Bodies are short, and neither they nor answers ever lie in a file: both may hold a visitor's own table."""
    from learningcity.web import uploads

    return {
        "max_request_body_size": uploads.MAXIMUM_BODY + 64 * 1024,
        "inbuf_overflow": 2 * uploads.MAXIMUM_BODY,
        "outbuf_overflow": 256 * 1024 * 1024,
    }


def _channel() -> type[HTTPChannel]:
    """What reads requests; a body that is too long is refused in words, which waitress says in English alone."""
    from waitress.channel import HTTPChannel
    from waitress.parser import HTTPRequestParser
    from waitress.utilities import RequestEntityTooLarge

    class TooLarge(RequestEntityTooLarge):
        def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
            from django.conf import settings
            from django.http import HttpRequest

            from learningcity.web import pages, uploads

            request = HttpRequest()
            request.path_info = self.body
            response = pages.refused(request, self.code, uploads.TOO_LARGE)
            response["Cache-Control"] = "no-store"
            response["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY
            response["X-Content-Type-Options"] = "nosniff"
            return f"{self.code} {self.reason}", list(response.items()), response.content

    class Parser(HTTPRequestParser):
        error: Any

        def received(self, data: bytes) -> int:
            read = super().received(data)
            if isinstance(self.error, RequestEntityTooLarge) and not isinstance(self.error, TooLarge):
                self.error = TooLarge(self.path)
            return int(read)

    class Channel(HTTPChannel):
        parser_class = Parser

    return Channel


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        # The resolver would silently take the rest of a division by 65536.
        raise OverflowError(f"{port} is not between 0 and 65535")
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            # Elsewhere this option would let two servers share a port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _late_application(environ: dict[str, object], start_response: Callable[..., object]) -> object:
    from learningcity.web.wsgi import application

    return application(environ, start_response)


def _prepare(host: str) -> None:
    from django.conf import settings

    from learningcity.web.wsgi import application  # noqa: F401  (loads the settings)

    if host not in (*EVERYWHERE, *settings.ALLOWED_HOSTS):
        settings.ALLOWED_HOSTS.append(f"[{host}]" if ":" in host else host)
        if settings.CSRF_COOKIE_SECURE:
            settings.CSRF_TRUSTED_ORIGINS.append(f"https://{settings.ALLOWED_HOSTS[-1]}")
    from learningcity.web import memory
    from learningcity.web.warming import meanwhile, warm_up

    lc.keep_charts(lc.home() / "charts")
    warm_up()
    memory.settle()
    # Pictures are drawn while the first pages are read already: nobody waits for those of other pages.
    threading.Thread(target=meanwhile, name="pictures", daemon=True).start()


def _port_error(host: str, port: int, error: Exception) -> lc.SetupError:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return lc.SetupError(
            lc.Text(
                f"Port {port} on {host} is taken by another program. Stop that program, or choose another "
                f"port: learningcity serve --port {port + 1}",
                f"{host}的端口{port}已被其他程序占用。请停止该程序，或改用其他端口：learningcity serve --port {port + 1}",
            )
        )
    if number in (errno.EACCES, errno.EPERM):
        return lc.SetupError(
            lc.Text(
                f"Port {port} needs rights that you do not have. Choose a port above 1023: "
                "learningcity serve --port 8000",
                f"无权使用端口{port}。请改用1023以上的端口：learningcity serve --port 8000",
            )
        )
    return lc.SetupError(
        lc.Text(
            f"The server cannot listen on {host}, port {port} ({error}). Give a host of this machine, such as "
            "127.0.0.1, and a port between 1 and 65535.",
            f"无法在{host}的端口{port}上监听（{error}）。请使用本机地址（如127.0.0.1）和1—65535之间的端口。",
        )
    )
