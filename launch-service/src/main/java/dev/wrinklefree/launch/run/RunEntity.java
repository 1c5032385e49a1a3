package dev.wrinklefree.launch.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Cancelled;
import dev.wrinklefree.launch.run.RunState.Failed;
import dev.wrinklefree.launch.run.RunState.Rejected;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's row. The state is spread over columns, so that people can query it. */
@Entity
@Table(name = "run")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields after its own constructor call
class RunEntity {

  private static final ObjectMapper MAPPER = ContractJson.mapper();
  private static final TypeReference<List<Violation>> VIOLATIONS = new TypeReference<>() {};

  @Id
  @Column(name = "run_id")
  String runId;

  /** Friendly name, for the list by name. */
  @Nullable String name;

  @Column(name = "request_source", updatable = false)
  String requestSource;

  @Column(name = "request_event_id", updatable = false)
  String requestEventId;

  @Column(name = "request_digest", updatable = false)
  String requestDigest;

  @Column(name = "requested_at", updatable = false)
  Instant requestedAt;

  @Column(name = "correlation_id", updatable = false)
  String correlationId;

  @Nullable
  @Column(name = "trace_parent", updatable = false)
  String traceParent;

  @Nullable
  @Column(updatable = false)
  String accepted;

  @Nullable
  @Column(name = "task_yaml", updatable = false)
  String taskYaml;

  @Column(name = "answer_event_id", updatable = false)
  String answerEventId;

  @Column(name = "answered_at", updatable = false)
  Instant answeredAt;

  String state;
  int attempts;
  int failures;

  @Nullable
  @Column(name = "submitting_since")
  Instant submittingSince;

  @Nullable
  @Column(name = "skypilot_request_id")
  String skypilotRequestId;

  @Nullable
  @Column(name = "skypilot_job_id")
  Long skypilotJobId;

  boolean adopted;

  @Nullable
  @Column(name = "submitted_at")
  Instant submittedAt;

  @Nullable
  @Column(name = "failure_code")
  String failureCode;

  @Nullable
  @Column(name = "failure_message")
  String failureMessage;

  @Nullable String violations;

  static RunEntity of(Run run) {
    RunEntity row = new RunEntity();
    row.runId = run.runId().value();
    row.requestSource = run.origin().source();
    row.requestEventId = run.origin().eventId();
    row.requestDigest = run.digest();
    row.requestedAt = run.origin().at();
    row.correlationId = run.origin().correlationId();
    row.traceParent = run.origin().traceParent();
    if (run.accepted() != null) {
      row.name = run.accepted().name();
      row.accepted = write(run.accepted());
    }
    row.taskYaml = run.taskYaml();
    row.answerEventId = run.answerEventId();
    row.answeredAt = run.answeredAt();
    row.apply(run.state(), run.failures());
    return row;
  }

  void apply(RunState next, int newFailures) {
    state = next.word();
    failures = newFailures;
    switch (next) {
      case Accepted now -> {
        attempts = now.attempts();
        submittingSince = null;
        skypilotRequestId = null;
      }
      case Submitting now -> {
        attempts = now.attempts();
        submittingSince = now.since();
        skypilotRequestId = now.requestId();
      }
      case Submitted now -> applyJob(now);
      case Cancelled now -> {
        if (now.job() != null) {
          applyJob(now.job());
        }
      }
      case Failed now -> {
        attempts = now.attempts();
        failureCode = now.code();
        failureMessage = now.message();
      }
      case Rejected now -> violations = write(now.violations());
    }
  }

  Run toRun() {
    return new Run(
        new RunId(runId),
        new RequestOrigin(requestSource, requestEventId, correlationId, traceParent, requestedAt),
        requestDigest,
        accepted == null ? null : read(accepted, new TypeReference<LaunchAccepted>() {}),
        taskYaml,
        answerEventId,
        answeredAt,
        toState(),
        failures);
  }

  private void applyJob(Submitted job) {
    attempts = job.attempts();
    skypilotRequestId = job.requestId();
    skypilotJobId = job.jobId();
    adopted = job.adopted();
    submittedAt = job.at();
  }

  private RunState toState() {
    return switch (state) {
      case "accepted" -> new Accepted(attempts);
      case "submitting" -> new Submitting(attempts, present(submittingSince), skypilotRequestId);
      case "submitted" -> job();
      case "cancelled" -> new Cancelled(skypilotJobId == null ? null : job());
      case "failed" -> new Failed(present(failureCode), present(failureMessage), attempts);
      case "rejected" -> new Rejected(read(present(violations), VIOLATIONS));
      default -> throw new IllegalStateException("run " + runId + " has no state " + state);
    };
  }

  private Submitted job() {
    return new Submitted(
        attempts, present(skypilotJobId), skypilotRequestId, adopted, present(submittedAt));
  }

  private <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("run " + runId + " lacks a column of state " + state);
    }
    return value;
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("contract values always have a JSON form", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the row holds other JSON than was written", e);
    }
  }
}
