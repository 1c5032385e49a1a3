"""Where the services are and with which token they are asked.

Environment first, then ``~/.config/wf``, then the default ports of this machine: the same places
in which ``wf`` looks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Mapping, Optional

from .errors import DeployerError

_DEFAULT_URLS = {
    "launch": "http://localhost:8081",
    "monitor": "http://localhost:8082",
    "checkpoint": "http://localhost:8083",
    "cost": "http://localhost:8084",
}


class Settings:
    """Addresses and token, read anew at each call so that a changed environment is seen."""

    def __init__(self, environment: Optional[Mapping[str, str]] = None) -> None:
        self._environment = os.environ if environment is None else environment

    def url(self, service: str) -> str:
        """Base address of ``launch``, ``monitor``, ``checkpoint`` or ``cost``, without a slash at its end."""
        variable = f"WF_{service.upper()}_URL"
        value = self._environment.get(variable) or self._file().get(f"{service}.url") or _DEFAULT_URLS[service]
        value = value.strip().rstrip("/")
        if not value.startswith(("http://", "https://")):
            raise DeployerError(f'{variable} is "{value}": it must begin with http:// or https://')
        return value

    def kafka_bootstrap_servers(self) -> Optional[str]:
        """Kafka's address, from ``WF_KAFKA_BOOTSTRAP_SERVERS`` or the file; ``None`` if neither has it."""
        return self._environment.get("WF_KAFKA_BOOTSTRAP_SERVERS") or self._file().get("kafka.bootstrap.servers")

    def token(self) -> Optional[str]:
        """The bearer token, from ``WF_TOKEN``, the file ``WF_TOKEN_FILE`` or ``~/.config/wf/token``."""
        direct = self._environment.get("WF_TOKEN", "").strip()
        if direct:
            return direct
        named = self._environment.get("WF_TOKEN_FILE", "").strip()
        path = Path(named) if named else self._directory() / "token"
        try:
            return path.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            if named:
                raise DeployerError(f"WF_TOKEN_FILE names {path}, which does not exist") from None
            return None
        except OSError as error:
            raise DeployerError(f"cannot read the token in {path}: {error.strerror}") from error

    def _directory(self) -> Path:
        base = self._environment.get("XDG_CONFIG_HOME")
        return (Path(base) if base else Path(self._environment.get("HOME", ".")) / ".config") / "wf"

    def _file(self) -> Mapping[str, str]:
        try:
            text = (self._directory() / "config.properties").read_text(encoding="utf-8")
        except OSError:
            return {}
        pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.lstrip().startswith("#"))
        return {key.strip(): value.strip() for key, _, value in pairs}
