"""The packaged sandbox of this checkout as a process, on ports that are free."""

import os
import signal
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PORTS = {"LAUNCH": 8081, "MONITOR": 8082, "CHECKPOINT": 8083, "COST": 8084}
_KAFKA = 9092
_ALL = (*PORTS.values(), *(port + 1000 for port in PORTS.values()), _KAFKA, 5432, 46580, 4443, 8085)
_READY_SECONDS = 300
_STOP_SECONDS = 30


class Sandbox:
    """Starts on entering and ends on leaving, whatever happened in between."""

    def __enter__(self):
        self._state = tempfile.TemporaryDirectory(prefix="wf-live-")
        offset = _free_offset()
        self._log = Path(self._state.name, "sandbox.log")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(str(ROOT / "scripts" / "sandbox"), "up", "--port-offset", str(offset)),
                    *("--state", str(Path(self._state.name, "data"))),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._await_ready()
        except BaseException:
            self.__exit__()
            raise
        self.kafka = f"127.0.0.1:{_KAFKA + offset}"
        self.environment = {f"WF_{name}_URL": f"http://127.0.0.1:{port + offset}" for name, port in PORTS.items()}
        self.environment["WF_TOKEN_FILE"] = str(next(Path(self._state.name).rglob("token")))
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._state.cleanup()

    def _await_ready(self):
        ready = threading.Event()
        deadline = threading.Timer(_READY_SECONDS, self._process.terminate)
        deadline.start()
        try:
            with self._log.open(encoding="utf-8") as log:
                while self._process.poll() is None:
                    for line in log:
                        if "The platform is ready" in line:
                            return
                    ready.wait(0.1)
        finally:
            deadline.cancel()
        raise RuntimeError(f"the sandbox did not come up:\n{self._log.read_text(encoding='utf-8')}")


def _free_offset():
    for offset in range(10_000 + os.getpid() % 50 * 100, 18_900, 100):
        if all(_is_free(port + offset) for port in _ALL):
            return offset
    raise RuntimeError("no offset has all ports free")


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
