"""A server for measurements: sends a site compressed, as hosts do, and counts what it sent."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".yml", ".ics", ".csv"}


@dataclass
class Served:
    """The address of a site that is served, and each answer's path and bytes of body, in order."""

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)


@lru_cache(maxsize=256)
def _body(path: Path, _: int) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSED else content


@contextmanager
def serving(site: Path) -> Iterator[Served]:
    """Serve `site` on a free local port. Pages are asked for again each time, other files are kept."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Send the file, or the page for missing addresses."""
            path = site / unquote(self.path.split("?")[0].split("#")[0]).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            status = 200 if path.is_file() else 404
            path = path if path.is_file() else site / "404.html"
            body = _body(path, path.stat().st_mtime_ns)
            self.send_response(status)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if path.suffix in COMPRESSED else kind)
            if path.suffix in COMPRESSED:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store" if path.suffix == ".html" else "max-age=31536000")
            self.end_headers()
            self.wfile.write(body)
            served.sent.append((self.path, len(body)))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
