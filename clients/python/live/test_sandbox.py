"""The package against the running platform: `make test-python-live`, or with the sandbox built,
`PYTHONPATH=src python3 -m unittest discover -s live` in clients/python.
"""

import importlib.util
import io
import os
import unittest
from unittest import mock

from sandbox import Sandbox

import wf_deployer
from wf_deployer import subscribe

SHORT = ["training.max_steps=60", "training.save_interval=30", "training.log_interval=10"]
#: A run that goes on until it is cancelled.
ENDLESS = ["sandbox.stall_at_step=1"]
PATIENCE = 90.0
platform: Sandbox
HAS_KAFKA = any(importlib.util.find_spec(name) for name in ("confluent_kafka", "kafka"))


def setUpModule():
    global platform
    platform = Sandbox()
    platform.__enter__()
    unittest.addModuleCleanup(platform.__exit__)
    patch = mock.patch.dict(os.environ, platform.environment)
    patch.start()
    unittest.addModuleCleanup(patch.stop)
    os.environ.pop("WF_TOKEN", None)
    os.environ.pop("WF_KAFKA_BOOTSTRAP_SERVERS", None)


def until_ended(events):
    """The events of one run until its job has ended and its last checkpoint is known."""
    told = []
    for event in events:
        told.append(event)
        states = [e.data["state"] for e in told if e.topic == "job-state"]
        kinds = [e.data["kind"] for e in told if e.topic == "checkpoint-written"]
        if "SUCCEEDED" in states and "final" in kinds:
            break
    return told


class TrainedRunTest(unittest.TestCase):
    """One run, from its launch to its cost."""

    @classmethod
    def setUpClass(cls):
        cls.run_id = wf_deployer.train_fairy2("smollm2_135m", mode="w2", overrides=SHORT, labels={"live": "yes"})
        with subscribe(cls.run_id, timeout=PATIENCE) as events:
            cls.told = until_ended(events)
        cls.run_ended = wf_deployer.wait(cls.run_id, timeout=PATIENCE)

    def test_all_events_arrived_each_once_and_in_order(self):
        for topic in ("job-state", "checkpoint-written"):
            numbers = [event.sequence for event in self.told if event.topic == topic]
            self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        self.assertEqual({event.run_id for event in self.told}, {self.run_id})
        states = [event.data["state"] for event in self.told if event.topic == "job-state"]
        self.assertEqual(states[-1], "SUCCEEDED")
        self.assertIn("RUNNING", states)

    def test_a_subscription_goes_on_where_another_left_off(self):
        first = subscribe(self.run_id, ["job-state"], timeout=PATIENCE)
        self.assertEqual(next(first).sequence, 1)
        first.close()

        with subscribe(self.run_id, ["job-state"], positions=first.positions, timeout=PATIENCE) as rest:
            self.assertEqual(next(rest).sequence, 2)

    @unittest.skipUnless(HAS_KAFKA, "neither confluent-kafka nor kafka-python is installed")
    def test_kafka_tells_the_same(self):
        settings = {"bootstrap.servers": platform.kafka}
        with subscribe(self.run_id, timeout=PATIENCE, kafka=settings) as events:
            told = until_ended(events)
        for topic in ("job-state", "checkpoint-written"):
            self.assertEqual([e for e in told if e.topic == topic], [e for e in self.told if e.topic == topic])
        with subscribe(self.run_id, timeout=PATIENCE, positions={"job-state": events.positions["job-state"]}) as later:
            self.assertEqual(next(later).topic, "checkpoint-written")

    def test_its_checkpoints_are_listed_newest_first(self):
        written = wf_deployer.checkpoints(self.run_id)
        self.assertEqual([(c["kind"], c.get("step")) for c in written][1:], [("step", 60), ("step", 30)])
        self.assertEqual(written[0]["kind"], "final")

    def test_its_log_is_printed_to_its_end(self):
        out = io.StringIO()
        wf_deployer.logs(self.run_id, follow=True, file=out)
        self.assertIn("step 60/60", out.getvalue())
        self.assertIn("Training complete", out.getvalue())
        self.assertEqual(len(list(wf_deployer.iter_logs(self.run_id, tail=2))), 2)

    def test_its_figures_come_from_wandb(self):
        with subscribe(self.run_id, ["training-progress"], timeout=PATIENCE) as events:
            last = next(event for event in events if event.data.get("step") == 60)
        self.assertGreater(last.data["loss"], 0)
        self.assertEqual(wf_deployer.progress(self.run_id)["tokens"], 480)
        out = io.StringIO()
        wf_deployer.wandb_status(project="wrinklefree-fairy2", limit=100, file=out)
        self.assertIn(self.run_id, out.getvalue())

    def test_it_is_known_by_its_id(self):
        self.assertTrue(self.run_ended.succeeded)
        self.assertIn(self.run_id, [run.run_id for run in wf_deployer.list_runs(100)])
        self.assertEqual(wf_deployer.get_run(self.run_id).launch["labels"], {"live": "yes"})
        self.assertFalse(wf_deployer.cancel(self.run_id))

    def test_another_kind_of_job_goes_on_from_its_checkpoint(self):
        uri = f"gs://wrinklefree-checkpoints/fairy2/smollm2_135m/{self.run_id}/checkpoint-60/"
        run_id = wf_deployer.train(
            "smollm2_135m", 2, overrides=["training.max_steps=61"], detach=False, resume_checkpoint=uri
        )
        self.assertIn(f"Resuming from {uri}", "\n".join(wf_deployer.iter_logs(run_id)))
        self.assertEqual(wf_deployer.get_run(run_id).launch["resumedFrom"], uri)


class LiveRunsTest(unittest.TestCase):
    def test_a_name_of_two_live_runs_is_an_error_and_their_ids_are_not(self):
        name = "two-of-a-kind"
        runs = [wf_deployer.train_fairy2("smollm2_135m", overrides=ENDLESS, name=name) for _ in range(2)]
        self.addCleanup(lambda: [wf_deployer.cancel(run) for run in runs])
        for run in runs:
            with subscribe(run, ["job-state"], timeout=PATIENCE) as events:
                next(event for event in events if event.data["state"] == "RUNNING")

        for call in (wf_deployer.cancel, wf_deployer.get_run, subscribe, lambda n: list(wf_deployer.iter_logs(n))):
            with self.assertRaises(wf_deployer.AmbiguousNameError) as caught:
                call(name)
            self.assertEqual(sorted(caught.exception.run_ids), sorted(runs))

        self.assertTrue(wf_deployer.cancel(runs[0]))
        with self.assertRaisesRegex(wf_deployer.RunFailedError, "ended as CANCELLED"):
            wf_deployer.wait(runs[0], timeout=PATIENCE)
        self.assertEqual(wf_deployer.get_run(name).run_id, runs[1])

    def test_a_wrong_request_names_its_field(self):
        with self.assertRaises(wf_deployer.RejectedError) as caught:
            wf_deployer.train_fairy2("smollm2_135m", scale="huge")
        self.assertEqual([violation.field for violation in caught.exception.violations], ["scale"])


class OtherKindsTest(unittest.TestCase):
    def test_a_smoke_test_succeeds(self):
        result = wf_deployer.smoke_test("smollm2_135m")
        self.assertEqual(result["status"], "success")
        self.assertEqual(wf_deployer.get_run(result["run_id"]).state, "SUCCEEDED")

    def test_a_conversion_takes_its_source(self):
        run_id = wf_deployer.train_dlm(
            "smollm2_135m", source="hf://org/model", overrides=["training.max_steps=2"], detach=False
        )
        self.assertEqual(wf_deployer.get_run(run_id).launch["parameters"], {"source": "hf://org/model"})

    def test_an_estimate_has_offers(self):
        found = wf_deployer.estimate("smollm2_135m", "small")
        self.assertGreater(len(found["offers"]), 0)


if __name__ == "__main__":
    unittest.main()
