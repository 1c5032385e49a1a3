package dev.wrinklefree.launch.submission;

import dev.wrinklefree.contract.event.LaunchStateData;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.cancellation.CancelTask;
import dev.wrinklefree.launch.cancellation.StrayTask;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.LaunchFailures;
import dev.wrinklefree.launch.run.Run;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState;
import dev.wrinklefree.launch.run.RunState.Accepted;
import dev.wrinklefree.launch.run.RunState.Failed;
import dev.wrinklefree.launch.run.RunState.Submitted;
import dev.wrinklefree.launch.run.RunState.Submitting;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records each step of a submission in one transaction with the event that tells it. */
@ApplicationScoped
class SubmissionRepository implements Submissions {

  private static final Logger LOGGER = LoggerFactory.getLogger(SubmissionRepository.class);

  private static final String WAITING =
      """
      SELECT (SELECT count(*) FROM (
          SELECT 1 FROM run e WHERE e.state = 'accepted' AND e.answered_at < r.answered_at LIMIT ?
        ) earlier)
      FROM run r
      WHERE r.run_id = ? AND r.state = 'accepted' AND r.answered_at >= ?
        AND NOT EXISTS (SELECT 1 FROM cancellation c WHERE c.run_id = r.run_id)
        AND (SELECT count(*) FROM run u WHERE u.state = 'submitting'
          AND (u.skypilot_request_id IS NOT NULL OR u.submitting_since > ?)) >= ?
      """;

  private static final String LINE =
      """
      SELECT (SELECT count(*) FROM run u WHERE u.state = 'submitting'
          AND (u.skypilot_request_id IS NOT NULL OR u.submitting_since > ?)),
        (SELECT count(*) FROM (SELECT 1 FROM run WHERE state = 'accepted' LIMIT ?) waiting)
      """;

  private final DataSource dataSource;
  private final RunRepository runs;
  private final CancellationRepository cancellations;
  private final Outbox outbox;
  private final CancelTask cancelTask;
  private final StrayTask strayTask;
  private final SubmissionRules rules;
  private final Clock clock;

  SubmissionRepository(
      DataSource dataSource,
      RunRepository runs,
      CancellationRepository cancellations,
      Outbox outbox,
      CancelTask cancelTask,
      StrayTask strayTask,
      SubmissionRules rules,
      Clock clock) {
    this.dataSource = dataSource;
    this.runs = runs;
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.cancelTask = cancelTask;
    this.strayTask = strayTask;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Optional<Beginning.NoRoom> waiting(RunId runId, Instant acceptedAfter) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setInt(1, rules.longestLine());
      statement.setString(2, runId.value());
      statement.setObject(3, acceptedAfter.atOffset(ZoneOffset.UTC));
      statement.setObject(4, lostBefore().atOffset(ZoneOffset.UTC));
      statement.setInt(5, rules.maxInFlight());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(new Beginning.NoRoom(row.getLong(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the runs in line cannot be counted", e);
    }
  }

  @Override
  public Line line() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LINE)) {
      statement.setObject(1, lostBefore().atOffset(ZoneOffset.UTC));
      statement.setInt(2, rules.longestLine());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Line(row.getLong(1), row.getLong(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the runs in line cannot be counted", e);
    }
  }

  /** A submit without an answer that was sent before this is not under way any more. */
  private Instant lostBefore() {
    return clock.instant().minus(rules.settleTime());
  }

  @Override
  public Subject load(RunId runId) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                new Subject(
                    runs.of(runId).orElseThrow(() -> new IllegalStateException("no run " + runId)),
                    cancellations.of(runId).isPresent()));
  }

  @Override
  public Beginning begin(Run run, Accepted expected, Submitting next) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              runs.lock(run.runId());
              runs.lockSubmits();
              if (runs.submitsUnderWay(lostBefore()) >= rules.maxInFlight()) {
                return new Beginning.NoRoom(runs.waitingBefore(run, rules.longestLine()));
              }
              return runs.change(run.runId(), expected, next, run.failures())
                  ? new Beginning.Begun()
                  : new Beginning.Overtaken();
            });
  }

  @Override
  public boolean changed(Run run, RunState expected, RunState next, int failures) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              runs.lock(run.runId());
              return runs.change(run.runId(), expected, next, failures);
            });
  }

  @Override
  public boolean submitted(Run run, Submitting expected, Submitted next) {
    LaunchSubmitted event =
        new LaunchSubmitted(
            run.runId(),
            next.jobId(),
            next.adopted() ? null : next.requestId(),
            next.adopted(),
            next.at());
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              boolean told = tell(run, expected, next, event, next.at());
              if (told) {
                strayTask.schedule(run.runId(), next, clock.instant());
                if (cancellations.of(run.runId()).isPresent()) {
                  cancelTask.schedule(run.runId(), clock.instant());
                }
              }
              return told;
            });
  }

  @Override
  public boolean failed(Run run, RunState expected, Failed next) {
    Instant now = clock.instant();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              boolean told = tell(run, expected, next, LaunchFailures.of(run.runId(), next), now);
              if (told && next.attempts() > 0) {
                strayTask.schedule(run.runId(), next, now);
              }
              return told;
            });
  }

  @Override
  public boolean cancelled(Run run, Accepted expected) {
    Instant now = clock.instant();
    RunState.Cancelled next = expected.cancelled();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              boolean told =
                  tell(
                      run,
                      expected,
                      next,
                      LaunchFailures.cancelledBeforeSubmit(run.runId(), expected.attempts()),
                      now);
              if (told && expected.attempts() > 0) {
                strayTask.schedule(run.runId(), next, now);
              }
              return told;
            });
  }

  @Override
  public void endedElsewhere(RunId runId) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                runs.of(runId)
                    .ifPresent(run -> strayTask.schedule(runId, run.state(), clock.instant())));
  }

  private boolean tell(
      Run run, RunState expected, RunState next, LaunchStateData event, Instant time) {
    runs.lock(run.runId());
    if (!runs.change(run.runId(), expected, next, 0)) {
      LOGGER.warn("The run is no longer {}: what came of it is looked up again", expected.word());
      return false;
    }
    outbox.append(
        new OutboundEvent(
            run.runId(),
            event,
            time,
            clock.instant(),
            run.origin().correlationId(),
            run.answerEventId(),
            run.origin().traceParent()));
    return true;
  }
}
