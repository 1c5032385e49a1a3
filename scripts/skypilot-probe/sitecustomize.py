"""Tells SkyPilot's controller which address to ask whether the network is up.

It asks https://8.8.8.8 and https://1.1.1.1 before each look at a job, and does not look where neither answers.
With this folder in PYTHONPATH it asks $CONTRACT_PROBE instead; nothing else of it is touched.
"""

import importlib.abc
import importlib.machinery
import os
import sys

MODULE = "sky.backends.backend_utils"


class Probe(importlib.abc.MetaPathFinder):

    def find_spec(self, name, path, target=None):
        if name != MODULE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            if not isinstance(module._TEST_IP_LIST, list):
                raise ImportError("SkyPilot's list of addresses is no list any more")
            module._TEST_IP_LIST = [os.environ["CONTRACT_PROBE"]]

        spec.loader.exec_module = exec_module
        return spec


if "CONTRACT_PROBE" in os.environ:
    sys.meta_path.insert(0, Probe())
