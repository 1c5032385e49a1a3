package dev.wrinklefree.checkpoint.alert;

import dev.wrinklefree.checkpoint.alert.Verdict.Clear;
import dev.wrinklefree.checkpoint.alert.Verdict.Keep;
import dev.wrinklefree.checkpoint.alert.Verdict.Raise;
import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.registry.ListingPace;
import dev.wrinklefree.checkpoint.registry.RunRepository;
import dev.wrinklefree.checkpoint.registry.WatchedRun;
import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.CheckpointWritten.Kind;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises and clears alerts, each in the transaction that recorded what it follows from. */
@ApplicationScoped
public class AlertPublisher {

  private static final Logger LOGGER = LoggerFactory.getLogger(AlertPublisher.class);

  private static final Map<String, AlertCode> CODES =
      Arrays.stream(AlertCode.values())
          .collect(Collectors.toUnmodifiableMap(AlertCode::word, Function.identity()));

  private final RunRepository runs;
  private final VigilRepository vigils;
  private final AlertRepository alerts;
  private final CheckpointRepository checkpoints;
  private final Outbox outbox;
  private final AlertJudge judge;
  private final ListingPace pace;
  private final MeterRegistry metrics;

  AlertPublisher(
      RunRepository runs,
      VigilRepository vigils,
      AlertRepository alerts,
      CheckpointRepository checkpoints,
      Outbox outbox,
      AlertJudge judge,
      ListingPace pace,
      MeterRegistry metrics) {
    this.runs = runs;
    this.vigils = vigils;
    this.alerts = alerts;
    this.checkpoints = checkpoints;
    this.outbox = outbox;
    this.judge = judge;
    this.pace = pace;
    this.metrics = metrics;
  }

  /** The run's job has a new state, which may end an alert. */
  @Transactional(TxType.MANDATORY)
  public void heard(RunId runId, JobState state, int attempt, Instant now) {
    Vigil vigil = vigils.lock(runId).heard(state, attempt, now);
    vigils.save(runId, vigil);
    // Otherwise it is judged when it is registered and listed.
    runs.find(runId)
        .filter(run -> run.layout() != null)
        .ifPresent(
            run ->
                publish(run, situation(run, vigil, vigils.partial(runId), false, List.of()), now));
  }

  /**
   * A good listing is being recorded; its checkpoints are recorded already.
   *
   * @param run as it was read before the listing began
   * @param change what the listing showed; one of several parts of it is judged by the last
   * @param begunAt when it began
   * @return how long after that an alert can be due at the earliest, if one can
   */
  @Transactional(TxType.MANDATORY)
  public Optional<Duration> looked(
      WatchedRun run, PrefixChange change, Instant begunAt, boolean last, Instant now) {
    if (run.layout() == null) {
      return Optional.empty();
    }
    Instant before = run.failures() > 0 ? null : run.lastListedAt();
    Vigil vigil =
        vigils
            .lock(run.runId())
            .looked(last ? before : null, begunAt, pace.longest(), !change.completed().isEmpty());
    vigils.save(run.runId(), vigil);
    if (!last) {
      return Optional.empty();
    }
    List<PartialDirectory> recorded = vigils.partial(run.runId());
    List<PartialDirectory> partial =
        PartialDirectory.after(recorded, change.partial(), vigil.looked(), now);
    if (!partial.equals(recorded)) {
      vigils.replacePartial(run.runId(), partial);
    }
    Situation situation =
        situation(
            run, vigil, partial, true, change.held().stream().map(held -> held.kind()).toList());
    publish(run, situation, now);
    return judge.soonest(situation);
  }

  private Situation situation(
      WatchedRun run,
      Vigil vigil,
      List<PartialDirectory> partial,
      boolean justLooked,
      List<Kind> held) {
    return new Situation(
        run.where().toString(),
        vigil,
        run.layout(),
        justLooked,
        checkpoints.seriesOf(run.runId(), AlertRules.CHECKPOINTS_OF_RHYTHM),
        held.contains(Kind.FINAL) || vigil.ended() && checkpoints.hasFinal(run.runId()),
        partial);
  }

  private void publish(WatchedRun run, Situation situation, Instant now) {
    Map<AlertCode, Alert> open =
        alerts.open(run.runId()).stream()
            .collect(
                Collectors.toMap(alert -> CODES.get(alert.raised().code()), Function.identity()));
    for (Verdict verdict : Verdict.news(judge.judge(situation), open.keySet())) {
      switch (verdict) {
        case Raise raise -> {
          RunAlerted raised = raised(run.runId(), raise);
          alerts.raise(raised, now);
          metrics.counter("wf.checkpoint.alerts.raised", "code", raised.code()).increment();
          append(run, raised, now);
        }
        case Clear clear -> {
          alerts.clear(run.runId(), clear.code().word(), now);
          append(run, cleared(clear, open.get(clear.code())), now);
        }
        case Keep keep -> {}
      }
    }
  }

  private void append(WatchedRun run, RunAlerted alerted, Instant now) {
    outbox.append(
        new OutboundEvent(
            run.runId(),
            alerted,
            now,
            now,
            run.cause().correlationId(),
            run.cause().eventId(),
            run.cause().traceParent()));
    LOGGER
        .atInfo()
        .addKeyValue("runId", run.runId())
        .addKeyValue("code", alerted.code())
        .addKeyValue("status", alerted.status().word())
        .log("Run alerted");
  }

  private static RunAlerted raised(RunId runId, Raise raise) {
    return new RunAlerted(
        runId,
        raise.code().word(),
        Status.RAISED,
        raise.severity(),
        raise.message(),
        raise.suggestion(),
        raise.evidence());
  }

  private static RunAlerted cleared(Clear clear, @Nullable Alert open) {
    if (open == null) {
      throw new IllegalStateException("only what is open is cleared");
    }
    RunAlerted raised = open.raised();
    return new RunAlerted(
        raised.runId(),
        raised.code(),
        Status.CLEARED,
        raised.severity(),
        clear.why(),
        "Nothing is to be done.",
        Map.of("raisedAt", open.raisedAt().toString()));
  }
}
