package dev.wrinklefree.contract.event;

import dev.wrinklefree.contract.topic.Topic;
import java.util.Arrays;
import java.util.Optional;

/** The event types: their CloudEvents names, topics and data. */
public enum EventType {
  /** Start this run. */
  LAUNCH_REQUESTED("launch.requested.v1", Topic.LAUNCH_REQUESTED, LaunchRequested.class),
  /** Stop this run. */
  CANCEL_REQUESTED("cancel.requested.v1", Topic.CANCEL_REQUESTED, CancelRequested.class),
  /** The request is valid. */
  LAUNCH_ACCEPTED("launch.accepted.v1", Topic.LAUNCH_STATE, LaunchAccepted.class),
  /** The request is wrong. */
  LAUNCH_REJECTED("launch.rejected.v1", Topic.LAUNCH_STATE, LaunchRejected.class),
  /** SkyPilot has the job. */
  LAUNCH_SUBMITTED("launch.submitted.v1", Topic.LAUNCH_STATE, LaunchSubmitted.class),
  /** No job came of it. */
  LAUNCH_FAILED("launch.failed.v1", Topic.LAUNCH_STATE, LaunchFailed.class),
  /** SkyPilot says something new. */
  JOB_STATE_CHANGED("job.state-changed.v1", Topic.JOB_STATE, JobStateChanged.class),
  /** W&amp;B says something new. */
  TRAINING_PROGRESSED("training.progressed.v1", Topic.TRAINING_PROGRESS, TrainingProgressed.class),
  /** A checkpoint is complete. */
  CHECKPOINT_WRITTEN("checkpoint.written.v1", Topic.CHECKPOINT_WRITTEN, CheckpointWritten.class),
  /** The money so far. */
  COST_UPDATED("cost.updated.v1", Topic.RUNNING_COST, CostUpdated.class),
  /** Look at this. */
  RUN_ALERTED("run.alerted.v1", Topic.RUN_ALERT, RunAlerted.class);

  /** Begins every type name, so that types of others cannot be mistaken for ours. */
  public static final String NAMESPACE = "dev.wrinklefree.";

  private final String typeName;
  private final Topic topic;
  private final Class<? extends EventData> dataClass;

  EventType(String suffix, Topic topic, Class<? extends EventData> dataClass) {
    this.typeName = NAMESPACE + suffix;
    this.topic = topic;
    this.dataClass = dataClass;
  }

  /** The CloudEvents {@code type}, for example {@code dev.wrinklefree.launch.accepted.v1}. */
  public String typeName() {
    return typeName;
  }

  /** The one topic that carries this type. */
  public Topic topic() {
    return topic;
  }

  /** The record that its data is read into. */
  public Class<? extends EventData> dataClass() {
    return dataClass;
  }

  /** The type of that CloudEvents name, if it is one of ours. */
  public static Optional<EventType> named(String typeName) {
    return Arrays.stream(values()).filter(t -> t.typeName.equals(typeName)).findFirst();
  }

  /** The type that carries such data. */
  public static EventType of(EventData data) {
    return switch (data) {
      case LaunchRequested ignored -> LAUNCH_REQUESTED;
      case CancelRequested ignored -> CANCEL_REQUESTED;
      case LaunchAccepted ignored -> LAUNCH_ACCEPTED;
      case LaunchRejected ignored -> LAUNCH_REJECTED;
      case LaunchSubmitted ignored -> LAUNCH_SUBMITTED;
      case LaunchFailed ignored -> LAUNCH_FAILED;
      case JobStateChanged ignored -> JOB_STATE_CHANGED;
      case TrainingProgressed ignored -> TRAINING_PROGRESSED;
      case CheckpointWritten ignored -> CHECKPOINT_WRITTEN;
      case CostUpdated ignored -> COST_UPDATED;
      case RunAlerted ignored -> RUN_ALERTED;
    };
  }
}
