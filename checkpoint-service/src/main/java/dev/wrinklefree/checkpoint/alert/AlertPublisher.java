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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    Set<RunId> only = Set.of(runId);
    Vigil vigil = Objects.requireNonNull(vigils.lock(only).get(runId)).heard(state, attempt, now);
    Map<RunId, Vigil> heard = Map.of(runId, vigil);
    vigils.save(heard);
    // Otherwise it is judged when it is registered and listed.
    runs.find(runId)
        .filter(run -> run.layout() != null)
        .ifPresent(
            run -> {
              Known known = known(heard);
              List<PartialDirectory> partial = vigils.partial(only).getOrDefault(runId, List.of());
              publish(run, known, known.situation(run, partial, false, List.of()), now);
            });
  }

  /**
   * A good listing that is being recorded; its checkpoints are recorded already.
   *
   * @param run as it was read before the listing began
   * @param change what the listing showed; one of several parts of it is judged by the last
   * @param begunAt when it began
   * @param last whether this is the last part
   */
  public record Look(WatchedRun run, PrefixChange change, Instant begunAt, boolean last) {}

  /**
   * Good listings of different runs are being recorded.
   *
   * @return how long after the beginning of each an alert can be due at the earliest, if one can
   */
  @Transactional(TxType.MANDATORY)
  public Map<RunId, Duration> looked(Collection<Look> looks, Instant now) {
    Map<RunId, Look> expectant =
        looks.stream()
            .filter(look -> look.run().layout() != null)
            .collect(Collectors.toMap(look -> look.run().runId(), Function.identity()));
    if (expectant.isEmpty()) {
      return Map.of();
    }
    Map<RunId, Vigil> after = new TreeMap<>(Comparator.comparing(RunId::value));
    vigils
        .lock(expectant.keySet())
        .forEach(
            (runId, vigil) ->
                after.put(runId, after(vigil, Objects.requireNonNull(expectant.get(runId)))));
    vigils.save(after);
    Map<RunId, List<PartialDirectory>> lacking = vigils.partial(expectant.keySet());
    Known known = known(after);
    Map<RunId, Duration> soonest = new HashMap<>();
    after.forEach(
        (runId, vigil) -> {
          Look look = Objects.requireNonNull(expectant.get(runId));
          if (look.last()) {
            List<PartialDirectory> recorded = lacking.getOrDefault(runId, List.of());
            judge(look, vigil, recorded, known, now)
                .ifPresent(duration -> soonest.put(runId, duration));
          }
        });
    return soonest;
  }

  private Vigil after(Vigil vigil, Look look) {
    Instant before = look.run().failures() > 0 ? null : look.run().lastListedAt();
    return vigil.looked(
        look.last() ? before : null,
        look.begunAt(),
        pace.longest(),
        !look.change().completed().isEmpty());
  }

  private Optional<Duration> judge(
      Look look, Vigil vigil, List<PartialDirectory> recorded, Known known, Instant now) {
    WatchedRun run = look.run();
    List<PartialDirectory> partial =
        PartialDirectory.after(recorded, look.change().partial(), vigil.looked(), now);
    if (!partial.equals(recorded)) {
      vigils.replacePartial(run.runId(), partial);
    }
    List<Kind> held = look.change().held().stream().map(slot -> slot.kind()).toList();
    Situation situation = known.situation(run, partial, true, held);
    publish(run, known, situation, now);
    return judge.soonest(situation);
  }

  /** What the database knows of runs that are judged together. */
  private record Known(
      Map<RunId, Vigil> vigils,
      Map<RunId, List<Instant>> series,
      Set<RunId> withFinal,
      Map<RunId, List<Alert>> open) {

    Situation situation(
        WatchedRun run, List<PartialDirectory> partial, boolean justLooked, List<Kind> held) {
      return new Situation(
          run.where().toString(),
          Objects.requireNonNull(vigils.get(run.runId())),
          run.layout(),
          justLooked,
          series.getOrDefault(run.runId(), List.of()),
          held.contains(Kind.FINAL) || withFinal.contains(run.runId()),
          partial);
    }
  }

  private Known known(Map<RunId, Vigil> of) {
    List<RunId> ended =
        of.entrySet().stream()
            .filter(run -> run.getValue().ended())
            .map(Map.Entry::getKey)
            .toList();
    return new Known(
        of,
        checkpoints.seriesOf(of.keySet(), AlertRules.CHECKPOINTS_OF_RHYTHM),
        checkpoints.withFinal(ended),
        alerts.open(of.keySet()));
  }

  private void publish(WatchedRun run, Known known, Situation situation, Instant now) {
    Map<AlertCode, Alert> open =
        known.open().getOrDefault(run.runId(), List.of()).stream()
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
