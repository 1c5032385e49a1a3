package dev.wrinklefree.testkit;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchFailed;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.event.LaunchRequested;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CheckpointLayout;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.contract.value.WandbRun;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A valid sample of each event, all of them about one plausible Fairy2 run. */
public final class Fixtures {

  /** When the sample run was requested; the other samples follow it by minutes. */
  public static final Instant REQUESTED_AT = Instant.parse("2026-11-23T10:00:00Z");

  private static final Instant STARTED_AT = Instant.parse("2026-11-23T10:05:00Z");
  private static final Instant WRITTEN_AT = Instant.parse("2026-11-23T10:20:00Z");
  private static final String PROJECT = "wrinklefree-fairy2";
  private static final String BUCKET = "wrinklefree-checkpoints";
  private static final long JOB_ID = 17;

  private Fixtures() {}

  /** A run id that no other test has. */
  public static RunId newRunId() {
    return new RunId("test-" + UUID.randomUUID());
  }

  /** The sample of that type. */
  public static EventData data(EventType type, RunId runId) {
    return switch (type) {
      case LAUNCH_REQUESTED -> launchRequested();
      case CANCEL_REQUESTED -> cancelRequested();
      case LAUNCH_ACCEPTED -> launchAccepted(runId);
      case LAUNCH_REJECTED -> launchRejected(runId);
      case LAUNCH_SUBMITTED -> launchSubmitted(runId);
      case LAUNCH_FAILED -> launchFailed(runId);
      case JOB_STATE_CHANGED -> jobStateChanged(runId, JobState.RUNNING, JobState.STARTING);
      case TRAINING_PROGRESSED -> trainingProgressed(runId);
      case CHECKPOINT_WRITTEN -> checkpointWritten(runId, 1000);
      case COST_UPDATED -> costUpdated(runId);
      case RUN_ALERTED -> runAlerted(runId);
    };
  }

  /** That data as an event, by a stranger's source and with an id that no other event has. */
  public static <D extends EventData> Event<D> event(RunId runId, D data) {
    return event("/testkit", UUID.randomUUID().toString(), runId, data);
  }

  /** That data as an event of a certain identity. */
  public static <D extends EventData> Event<D> event(
      String source, String id, RunId runId, D data) {
    return new Event<>(
        new EventAttributes(
            id, source, EventType.of(data), runId, REQUESTED_AT, null, null, null, null, null),
        data);
  }

  /** A dev-scale request with one override, a budget and labels. */
  public static LaunchRequested launchRequested() {
    return new LaunchRequested(
        "fairy2_train",
        "wf-fairy2-train",
        "smollm2_135m",
        "w2",
        "dev",
        List.of("training.max_steps=100"),
        Map.of(),
        List.of("WANDB_API_KEY"),
        List.of(new CloudCandidate("nebius", null), new CloudCandidate("gcp", null)),
        true,
        budget(),
        Map.of("team", "quantization"),
        "dana@example.org",
        Map.of(),
        null,
        null);
  }

  /** Stop it, by a person. */
  public static CancelRequested cancelRequested() {
    return new CancelRequested("wrong data set", "dana@example.org");
  }

  /** The answer to {@link #launchRequested()}. */
  public static LaunchAccepted launchAccepted(RunId runId) {
    return new LaunchAccepted(
        runId,
        "wf-fairy2-train",
        "fairy2_train",
        "smollm2_135m",
        "w2",
        "dev",
        accelerators(),
        List.of(new CloudCandidate("nebius", null), new CloudCandidate("gcp", null)),
        true,
        List.of("training.max_steps=100"),
        BUCKET,
        "fairy2/smollm2_135m/" + runId + "/",
        new WandbRun(null, PROJECT, runId.value()),
        budget(),
        Map.of("team", "quantization"),
        "dana@example.org",
        REQUESTED_AT,
        Map.of(),
        null,
        CheckpointLayout.FAIRY2,
        MetricKeys.FAIRY2,
        1);
  }

  /** An answer to a request with an unknown model. */
  public static LaunchRejected launchRejected(RunId runId) {
    return new LaunchRejected(
        runId, List.of(new Violation("model", "unknown-model", "no such model: gpt-9")));
  }

  /** SkyPilot has the job. */
  public static LaunchSubmitted launchSubmitted(RunId runId) {
    return new LaunchSubmitted(
        runId, JOB_ID, "0b7f3a52-6f0d-4c7e-9e2b-3f1d2a5c8b11", false, REQUESTED_AT.plusSeconds(20));
  }

  /** SkyPilot refused it. */
  public static LaunchFailed launchFailed(RunId runId) {
    return new LaunchFailed(runId, "skypilot-refused", "SkyPilot refused the task.", 1);
  }

  /** A change between two states on one A10G at Nebius. */
  public static JobStateChanged jobStateChanged(RunId runId, JobState state, JobState previous) {
    return new JobStateChanged(
        runId,
        JOB_ID,
        state,
        previous,
        null,
        null,
        1,
        0,
        state.holdsMachines() ? placement() : null,
        STARTED_AT,
        state.isTerminal() ? WRITTEN_AT : null,
        null);
  }

  /** Figures of step 500. */
  public static TrainingProgressed trainingProgressed(RunId runId) {
    return new TrainingProgressed(
        runId,
        500L,
        2.75,
        15.6,
        0.0003,
        0.9,
        4_096_000L,
        52_000.0,
        50.0,
        List.of(),
        "running",
        WRITTEN_AT,
        "https://wandb.ai/example/" + PROJECT + "/runs/" + runId);
  }

  /** A single-file checkpoint of that step. */
  public static CheckpointWritten checkpointWritten(RunId runId, long step) {
    String name = "fairy2/smollm2_135m/" + runId + "/checkpoint_step_" + step + ".pt";
    return new CheckpointWritten(
        runId,
        CheckpointWritten.Kind.STEP,
        step,
        CheckpointWritten.Layout.SINGLE_FILE,
        "gs://" + BUCKET + "/" + name,
        1,
        List.of(
            new CheckpointWritten.StoredObject(
                name, 1_763_892_000_000_001L, 540_000_000L, "yZRlqg==", WRITTEN_AT)),
        540_000_000L,
        WRITTEN_AT,
        WRITTEN_AT.plusSeconds(3));
  }

  /** A quarter of an hour at a known price, still running. */
  public static CostUpdated costUpdated(RunId runId) {
    Money perHour = Money.usd("1.20");
    Money spent = Money.usd("0.30");
    return new CostUpdated(
        runId,
        WRITTEN_AT,
        CostUpdated.Pricing.KNOWN,
        "USD",
        spent,
        perHour,
        true,
        false,
        false,
        List.of(
            new CostUpdated.Interval(
                STARTED_AT,
                null,
                900,
                "nebius",
                "eu-north1",
                "gpu-a10g",
                accelerators(),
                true,
                1,
                perHour,
                spent,
                "price-book",
                LocalDate.of(2026, 11, 20),
                false,
                null,
                null)),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** A checkpoint is late. */
  public static RunAlerted runAlerted(RunId runId) {
    return new RunAlerted(
        runId,
        "checkpoint-overdue",
        RunAlerted.Status.RAISED,
        RunAlerted.Severity.WARNING,
        "No checkpoint for 45 minutes.",
        "Look at the run's log for upload errors.",
        Map.of("minutesSinceLast", "45"));
  }

  private static Placement placement() {
    return new Placement("nebius", "eu-north1", null, "gpu-a10g", accelerators(), true, 1);
  }

  private static Accelerators accelerators() {
    return new Accelerators("A10G", 1);
  }

  private static Budget budget() {
    return new Budget(Money.usd("25.00"), Budget.Action.ALERT);
  }
}
