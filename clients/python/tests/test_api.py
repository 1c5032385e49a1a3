import io
import os
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path
from unittest import mock

from scripted import ScriptedService

import wf_deployer


def launch(run_id, status="submitted", **more):
    return {"runId": run_id, "name": "wf-fairy2-train", "status": status, **more}


class ApiTest(unittest.TestCase):
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


class LaunchTest(ApiTest):
    def test_a_launch_returns_the_unique_run_id(self):
        self.service.answer("POST", "/launches", {"runId": "a-1", "status": "requested"}, 202)

        self.assertEqual(wf_deployer.train_fairy2("smollm2_135m", mode="w2"), "a-1")
        self.assertEqual(self.body(), {"template": "fairy2_train", "model": "smollm2_135m", "mode": "w2"})

    def test_overrides_stay_a_list(self):
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)

        wf_deployer.train_fairy2(
            "qwen3_4b",
            scale="large",
            overrides=["training.max_steps=10000", "data.name=a b; $(c)"],
            budget=Decimal("12.50"),
            clouds=["nebius", "gcp/us-east4"],
        )

        body = self.body()
        self.assertEqual(body["overrides"], ["training.max_steps=10000", "data.name=a b; $(c)"])
        self.assertEqual(body["budget"], {"limit": {"amount": "12.50", "currency": "USD"}, "action": "alert"})
        self.assertEqual(body["clouds"], [{"cloud": "nebius"}, {"cloud": "gcp", "region": "us-east4"}])

    def test_a_lost_answer_is_asked_for_again_under_the_same_key(self):
        self.service.answer("POST", "/launches", b"", 0)
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)

        self.assertEqual(wf_deployer.train_fairy2("smollm2_135m"), "a-1")
        keys = [headers["Idempotency-Key"] for _, _, headers, _ in self.service.requests]
        self.assertEqual(len(keys), 2)
        self.assertEqual(len(set(keys)), 1)

    def test_a_wrong_field_is_a_value_error_that_names_it(self):
        violation = {"field": "scale", "code": "unknown-scale", "message": '"huge" is none of dev, small'}
        self.service.answer("POST", "/launches", {"status": 422, "violations": [violation]}, 422)

        with self.assertRaisesRegex(ValueError, 'scale: "huge" is none of') as caught:
            wf_deployer.train_fairy2("smollm2_135m", scale="huge")
        self.assertEqual(caught.exception.violations, [wf_deployer.Violation(**violation)])

    def test_without_detach_the_outcome_is_awaited(self):
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)
        self.knows("a-1", "FAILED")

        with self.assertRaisesRegex(wf_deployer.RunFailedError, "a-1 ended as FAILED"):
            wf_deployer.train_fairy2("smollm2_135m", detach=False)


class RunsTest(ApiTest):
    def test_a_name_means_its_only_live_run(self):
        self.service.answer("GET", "/launches", {"launches": [launch("b-2"), launch("b-1")]})
        self.service.answer("GET", "/jobs/b-2", {"runId": "b-2", "state": "RUNNING"})
        self.service.answer("GET", "/jobs/b-1", {"runId": "b-1", "state": "SUCCEEDED"})

        self.assertEqual(wf_deployer.get_run("wf-fairy2-train").run_id, "b-2")

    def test_a_name_of_several_live_runs_is_an_error_that_lists_them(self):
        self.service.answer("GET", "/launches", {"launches": [launch("b-2"), launch("b-1")]})

        with self.assertRaises(wf_deployer.AmbiguousNameError) as caught:
            wf_deployer.cancel("wf-fairy2-train")
        self.assertEqual(caught.exception.run_ids, ["b-2", "b-1"])
        self.assertNotIn("DELETE", [method for method, *_ in self.service.requests])

    def test_cancel_tells_whether_there_was_something_to_cancel(self):
        self.knows("c-1", "RUNNING")
        self.knows("c-2", "SUCCEEDED")
        self.service.answer("DELETE", "/launches/c-1", {"runId": "c-1", "status": "cancel-requested"}, 202)

        self.assertTrue(wf_deployer.cancel("c-1"))
        self.assertFalse(wf_deployer.cancel("c-2"))

    def test_money_is_decimal(self):
        self.service.answer("GET", "/launches", {"launches": [launch("d-1")]})
        self.service.answer("GET", "/jobs", {"jobs": [{"runId": "d-1", "state": "RUNNING"}]})
        spent = {"amount": "0.007486", "currency": "USD"}
        self.service.answer("GET", "/costs", {"costs": [{"runId": "d-1", "spent": spent}]})

        (run,) = wf_deployer.list_runs()
        self.assertEqual((run.state, run.spent), ("RUNNING", Decimal("0.007486")))

    def test_waiting_ends_with_the_run(self):
        self.service.answer("GET", "/launches/e-1", launch("e-1"))
        for state in ("RUNNING", "RECOVERING", "UNKNOWN", "SUCCEEDED"):
            self.service.answer("GET", "/jobs/e-1", {"runId": "e-1", "state": state})

        self.assertTrue(wf_deployer.wait("e-1", interval=0.01).succeeded)

    def test_waiting_has_an_end_of_its_own(self):
        self.knows("e-2", "RUNNING")

        with self.assertRaisesRegex(TimeoutError, "e-2 has not ended within 0.05 s; it is RUNNING"):
            wf_deployer.wait("e-2", timeout=0.05, interval=0.01)

    def test_a_log_is_printed_line_by_line(self):
        self.knows("f-1", "RUNNING")
        self.service.answer("GET", "/jobs/f-1/logs", "step 1\nstep 2 ü\n".encode())
        out = io.StringIO()

        wf_deployer.logs("f-1", tail=2, file=out)

        self.assertEqual(out.getvalue(), "step 1\nstep 2 ü\n")
        self.assertIn("follow=false&tail=2", self.service.requests[-1][1])


class AccessTest(ApiTest):
    def sent(self):
        self.service.answer("GET", "/launches/g-1", launch("g-1"))
        wf_deployer.get_run("g-1")
        return self.service.requests[0][2].get("Authorization")

    def test_the_token_of_the_environment_comes_first(self):
        os.environ["WF_TOKEN"] = "abc"
        self.assertEqual(self.sent(), "Bearer abc")

    def test_the_token_of_a_file_is_sent(self):
        path = Path(self.home.name, "secret")
        path.write_text("from-file\n")
        os.environ["WF_TOKEN_FILE"] = str(path)
        self.assertEqual(self.sent(), "Bearer from-file")

    def test_the_token_of_the_home_directory_is_sent(self):
        path = Path(self.home.name, ".config", "wf", "token")
        path.parent.mkdir(parents=True)
        path.write_text("at-home")
        self.assertEqual(self.sent(), "Bearer at-home")

    def test_a_refused_token_says_where_it_comes_from(self):
        self.service.answer("GET", "/launches/g-2", {"detail": "The token is not known."}, 401)

        with self.assertRaisesRegex(wf_deployer.AccessError, "The token is not known.*WF_TOKEN_FILE"):
            wf_deployer.get_run("g-2")

    def test_an_unreachable_service_names_its_address(self):
        self.service.close()

        with self.assertRaisesRegex(wf_deployer.UnreachableError, "WF_LAUNCH_URL says where"):
            wf_deployer.get_run("g-3")


if __name__ == "__main__":
    unittest.main()
