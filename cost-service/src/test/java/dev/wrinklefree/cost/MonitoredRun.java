package dev.wrinklefree.cost;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks of one run as launch-service and monitor-service do: numbered and correlated. */
public final class MonitoredRun {

  /** 3.85 USD per hour in the shipped price book, read on 2026-09-25. */
  public static final Placement NEBIUS =
      new Placement(
          "nebius",
          "eu-north1",
          null,
          "gpu-h100-sxm_1gpu-16vcpu-200gb",
          new Accelerators("H100", 1),
          false,
          1);

  /** 55.04 USD per hour in the shipped price book, read on 2026-11-09. */
  public static final Placement AWS =
      new Placement(
          "aws", "us-east-2", "us-east-2a", "p5.48xlarge", new Accelerators("H100", 8), false, 1);

  /** Not in the price book. */
  public static final Placement UNPRICED =
      new Placement("lambda", null, null, "gpu_1x_h100", new Accelerators("H100", 1), false, 1);

  /** The launch request's id, which all events of the run carry. */
  public static final String REQUEST_ID = "request-of-a-stranger";

  private final RunId runId = Fixtures.newRunId();
  private final ContractProducer producer;
  private final Instant start;
  private long launchSequence;
  private long jobSequence;
  private long checkpointSequence;
  private long progressSequence;

  /** A new run; all times are minutes after {@code start}. */
  public MonitoredRun(ContractProducer producer, Instant start) {
    this.producer = producer;
    this.start = start;
  }

  /** The run. */
  public RunId id() {
    return runId;
  }

  /** The instant {@code minutes} after the start. */
  public Instant minute(long minutes) {
    return start.plusSeconds(60 * minutes);
  }

  /** launch-service says something of the run. */
  public EventAttributes launch(EventData data) {
    launchSequence++;
    return producer.send(event("/launch-service/launch-state", launchSequence, minute(0), data));
  }

  /** launch-service accepts it with a budget. */
  public EventAttributes accepted(Budget budget) {
    LaunchAccepted sample = Fixtures.launchAccepted(runId);
    return launch(
        new LaunchAccepted(
            runId,
            sample.name(),
            sample.template(),
            sample.model(),
            sample.mode(),
            sample.scale(),
            sample.accelerators(),
            sample.clouds(),
            sample.spot(),
            sample.overrides(),
            sample.bucket(),
            sample.checkpointPrefix(),
            sample.wandb(),
            budget,
            sample.labels(),
            sample.owner(),
            sample.requestedAt(),
            sample.parameters(),
            sample.resumedFrom(),
            sample.checkpoints(),
            sample.metrics(),
            sample.acceleratorsUsed()));
  }

  /** launch-service accepts it on a scale, at Nebius on demand. */
  public EventAttributes acceptedOn(String scale) {
    LaunchAccepted sample = Fixtures.launchAccepted(runId);
    return launch(
        new LaunchAccepted(
            runId,
            sample.name(),
            sample.template(),
            sample.model(),
            sample.mode(),
            scale,
            new Accelerators("H100", 1),
            sample.clouds(),
            false,
            List.of(),
            sample.bucket(),
            sample.checkpointPrefix(),
            sample.wandb(),
            null,
            sample.labels(),
            sample.owner(),
            sample.requestedAt(),
            sample.parameters(),
            sample.resumedFrom(),
            sample.checkpoints(),
            sample.metrics(),
            sample.acceleratorsUsed()));
  }

  /** checkpoint-service has seen a complete checkpoint. */
  public EventAttributes checkpoint(long minutes, long step) {
    checkpointSequence++;
    CheckpointWritten sample = Fixtures.checkpointWritten(runId, step);
    CheckpointWritten data =
        new CheckpointWritten(
            runId,
            sample.kind(),
            step,
            sample.layout(),
            sample.uri(),
            sample.revision(),
            sample.objects(),
            sample.totalBytes(),
            minute(minutes),
            minute(minutes));
    return producer.send(
        event("/checkpoint-service/checkpoint-written", checkpointSequence, minute(minutes), data));
  }

  /** monitor-service has read how far the training is. */
  public EventAttributes progress(long step, long tokens) {
    return progress(0, step, tokens);
  }

  /** monitor-service has read how far the training is, at some minute. */
  public EventAttributes progressAt(long minutes, long step) {
    return progress(minutes, step, step * 512);
  }

  private EventAttributes progress(long minutes, long step, long tokens) {
    progressSequence++;
    TrainingProgressed data =
        new TrainingProgressed(
            runId, step, null, null, null, null, tokens, null, null, List.of(), null, null, null);
    return producer.send(
        event("/monitor-service/training-progress", progressSequence, minute(minutes), data));
  }

  /** monitor-service says something of the first attempt. */
  public EventAttributes job(long minutes, JobState state, @Nullable Placement placement) {
    return job(minutes, state, 1, placement);
  }

  /** monitor-service says something. */
  public EventAttributes job(
      long minutes, JobState state, int attempt, @Nullable Placement placement) {
    return producer.send(jobEvent(++jobSequence, minutes, state, attempt, placement));
  }

  /** What monitor-service would say, with a sequence of the test's choice. */
  public Event<JobStateChanged> jobEvent(
      long sequence, long minutes, JobState state, int attempt, @Nullable Placement placement) {
    return event(
        "/monitor-service/job-state",
        sequence,
        minute(minutes),
        new JobStateChanged(
            runId,
            17L,
            state,
            null,
            null,
            null,
            attempt,
            attempt - 1,
            placement,
            null,
            state.isTerminal() ? minute(minutes) : null,
            null));
  }

  private <D extends EventData> Event<D> event(String source, long sequence, Instant time, D data) {
    return new Event<>(
        new EventAttributes(
            runId + ":" + sequence,
            source,
            EventType.of(data),
            runId,
            time,
            time,
            sequence,
            REQUEST_ID,
            null,
            null),
        data);
  }
}
