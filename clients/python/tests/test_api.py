import io
import os
import unittest
from decimal import Decimal
from pathlib import Path

from platform_case import PlatformCase, launch

import wf_deployer


class LaunchTest(PlatformCase):
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

    def test_a_stage_is_a_parameter_and_a_checkpoint_what_to_resume(self):
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)

        wf_deployer.train("qwen3_4b", 1.9, cloud="runpod", resume_checkpoint="latest", labels={"team": "a"})

        self.assertEqual(
            self.body(),
            {
                "template": "train",
                "model": "qwen3_4b",
                "parameters": {"stage": "1.9"},
                "resume": "latest",
                "clouds": [{"cloud": "runpod"}],
                "labels": {"team": "a"},
            },
        )
        for stage, text in ((2, "2"), (3.0, "3"), ("1", "1")):
            wf_deployer.train("qwen3_4b", stage)
            self.assertEqual(self.body()["parameters"], {"stage": text})

    def test_a_conversion_names_its_source(self):
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)

        wf_deployer.train_dlm("qwen3_4b", source="gs://b/c/", resume_checkpoint="gs://b/d/", overrides=["a=b"])
        self.assertEqual(
            self.body(),
            {
                "template": "dlm",
                "model": "qwen3_4b",
                "overrides": ["a=b"],
                "parameters": {"source": "gs://b/c/"},
                "resume": "gs://b/d/",
            },
        )
        wf_deployer.train_dlm("qwen3_4b")
        self.assertEqual(self.body(), {"template": "dlm", "model": "qwen3_4b"})

    def test_a_smoke_test_waits_and_tells_which_run_it_was(self):
        self.service.answer("POST", "/launches", {"runId": "s-1"}, 202)
        self.knows("s-1", "SUCCEEDED")

        self.assertEqual(wf_deployer.smoke_test("smollm2_135m"), {"status": "success", "run_id": "s-1"})
        self.assertEqual(self.service.requests[0][3], {"template": "smoke", "model": "smollm2_135m"})

    def test_a_smoke_test_that_fails_is_no_success(self):
        self.service.answer("POST", "/launches", {"runId": "s-2"}, 202)
        self.knows("s-2", "FAILED_SETUP")

        with self.assertRaisesRegex(wf_deployer.RunFailedError, "s-2 ended as FAILED_SETUP"):
            wf_deployer.smoke_test()

    def test_a_keyword_that_no_launch_has_is_refused_before_anything_is_sent(self):
        with self.assertRaisesRegex(TypeError, "spott"):
            wf_deployer.train_fairy2("smollm2_135m", spott=True)
        with self.assertRaisesRegex(TypeError, "either cloud or clouds"):
            wf_deployer.train("smollm2_135m", 2, cloud="gcp", clouds=["aws"])
        self.assertEqual(self.service.requests, [])

    def test_without_detach_the_outcome_is_awaited(self):
        self.service.answer("POST", "/launches", {"runId": "a-1"}, 202)
        self.knows("a-1", "FAILED")

        with self.assertRaisesRegex(wf_deployer.RunFailedError, "a-1 ended as FAILED"):
            wf_deployer.train_fairy2("smollm2_135m", detach=False)


class RunsTest(PlatformCase):
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


class StatusTest(PlatformCase):
    RUNNING = {
        "runId": "w-1",
        "step": 1000,
        "loss": 2.34567,
        "learningRate": 0.0001,
        "tokens": 4096000,
        "wandbState": "running",
        "heartbeatAt": "2026-01-02T03:04:05Z",
        "url": "https://wandb.ai/team/wrinklefree-fairy2/runs/w-1",
    }

    def status(self, runs, **filters):
        self.service.answer("GET", "/progress", {"progress": runs})
        out = io.StringIO()
        wf_deployer.wandb_status(file=out, **filters)
        return out.getvalue()

    def test_each_run_tells_what_it_logged(self):
        self.assertEqual(
            self.status([self.RUNNING], project="wrinklefree-fairy2", limit=5),
            "w-1\n   State: running\n   URL: https://wandb.ai/team/wrinklefree-fairy2/runs/w-1\n"
            "   Step: 1000 | Loss: 2.3457 | LR: 1.00e-04\n   Tokens: 4,096,000\n"
            "   Last heartbeat: 2026-01-02T03:04:05Z\n",
        )
        self.assertIn("project=wrinklefree-fairy2&limit=5", self.service.requests[-1][1])

    def test_a_loss_that_is_no_number_is_said(self):
        run = {"runId": "w-2", "wandbState": "finished", "nonFinite": ["loss"]}
        self.assertEqual(
            self.status([run]), "w-2\n   State: finished\n   Step: - | Loss: NaN or infinite | LR: -\n"
        )

    def test_an_entity_is_a_part_of_the_link(self):
        self.assertIn("w-1", self.status([self.RUNNING], entity="team"))
        self.assertIn("No run has logged anything", self.status([self.RUNNING], entity="other"))

    def test_the_progress_of_one_run(self):
        self.knows("w-1")
        self.service.answer("GET", "/progress/w-1", self.RUNNING)
        self.assertEqual(wf_deployer.progress("w-1")["step"], 1000)


class AccessTest(PlatformCase):
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
