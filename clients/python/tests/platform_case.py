"""A test case with one scripted service in place of all four, and an environment of its own."""

import os
import tempfile
import unittest
from unittest import mock

from scripted import ScriptedService


def launch(run_id, status="submitted", **more):
    return {"runId": run_id, "name": "wf-fairy2-train", "status": status, **more}


class PlatformCase(unittest.TestCase):
    def setUp(self):
        self.service = ScriptedService()
        self.addCleanup(self.service.close)
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        names = ("LAUNCH", "MONITOR", "CHECKPOINT", "COST")
        environment = {f"WF_{name}_URL": self.service.url for name in names}
        environment["HOME"] = self.home.name
        patch = mock.patch.dict(os.environ, environment, clear=True)
        patch.start()
        self.addCleanup(patch.stop)

    def body(self):
        return self.service.requests[-1][3]

    def knows(self, run_id, state=None, status="submitted"):
        self.service.answer("GET", f"/launches/{run_id}", launch(run_id, status))
        if state:
            self.service.answer("GET", f"/jobs/{run_id}", {"runId": run_id, "state": state})
