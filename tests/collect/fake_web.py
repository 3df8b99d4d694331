"""RDAP and WHOIS servers in this process: answers by host and path, with faults."""

from __future__ import annotations

import http.server
import json
import socketserver
import threading
from dataclasses import dataclass
from typing import Any, Self

from depgraph.collect import Endpoints


@dataclass
class Answer:
    body: Any = None
    code: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Web:
    """Hosts of https URLs, all on one port; `answers` gives a list of answers, the last stays."""

    def __init__(self, **whois: str) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.whois_asked: list[tuple[str, str]] = []
        self.whois: dict[str, str] = {}

    def rdap(self, url: str, *answers: Any) -> None:
        self.answers[url] = [a if isinstance(a, Answer) else Answer(a) for a in answers]

    def endpoints(self, *hosts: str, whois: tuple[str, ...] = (), **more: Any) -> Endpoints:
        base = f"http://127.0.0.1:{self._http.server_address[1]}"
        return Endpoints(
            http=dict.fromkeys(hosts, base),
            whois={host: self._whois[host].server_address for host in whois},
            closed=True,
            **more,
        )

    def __enter__(self) -> Self:
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                url = f"https://{self.headers['Host']}{self.path}"
                web.asked.append(url)
                queue = web.answers.get(url, [Answer({"errorCode": 404}, 404)])
                answer = queue.pop(0) if len(queue) > 1 else queue[0]
                if answer.code == 0:
                    self.close_connection = True
                    return
                body = (
                    answer.body
                    if isinstance(answer.body, bytes)
                    else json.dumps(answer.body).encode()
                )
                self.send_response(answer.code)
                for key, value in answer.headers:
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._whois = {host: self._whois_server(host) for host in self.whois}
        self._threads = [
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            for server in (self._http, *self._whois.values())
        ]
        for thread in self._threads:
            thread.start()
        return self

    def _whois_server(self, host: str) -> Any:
        web = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                query = self.rfile.readline().decode().strip()
                web.whois_asked.append((host, query))
                self.wfile.write(web.whois[host].encode())

        return socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)

    def __exit__(self, *exc: object) -> None:
        for server in (self._http, *self._whois.values()):
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(5)
