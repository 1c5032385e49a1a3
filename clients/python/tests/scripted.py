"""A service that answers as it was told, over a real socket."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, Mapping, Tuple


class ScriptedService:
    """Answers ``(method, path)`` with the queued answers in turn; the last one stays."""

    def __init__(self) -> None:
        self.requests: List[Tuple[str, str, Mapping[str, str], Any]] = []
        self._answers: Dict[Tuple[str, str], List[Tuple[int, bytes]]] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                path = self.path.partition("?")[0]
                service.requests.append((self.command, self.path, self.headers, json.loads(body) if body else None))
                answers = service._answers.get((self.command, path), [(404, b'{"detail": "there is no such thing"}')])
                status, content = answers.pop(0) if len(answers) > 1 else answers[0]
                if status == 0:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = _answer

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, method: str, path: str, body: Any, status: int = 200) -> None:
        """Queue an answer; status 0 breaks the connection off."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._answers.setdefault((method, path), []).append((status, content))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
