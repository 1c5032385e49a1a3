package dev.wrinklefree.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.history.SkyPilotModel.Fault;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.watch.WatchLog;
import dev.wrinklefree.monitor.watch.WatchMetrics;
import dev.wrinklefree.monitor.watch.WatchRound;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One history: runs are launched, jobs live and end, the server misbehaves, and the real decision
 * code watches. After each round, and when all has come to rest, what was told is compared with
 * what was true. The seed alone determines it.
 */
final class History {
  private static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  private static final Duration UNKNOWN_AFTER = Duration.ofSeconds(60);
  private static final Duration RECHECK_ENDED = SkyPilotModel.CORRECTABLE.multipliedBy(3);
  private static final int RUNS = 4;
  private static final int PAGE_SIZE = 4;
  private static final int ROUNDS = 50;
  private static final int QUIET_ROUNDS = 12;

  private final Random random;
  private final SkyPilotModel server;
  private final LedgerInMemory ledger;
  private final WatchRound round;
  private final Map<RunId, Launch> launches = new HashMap<>();
  private final List<String> story = new ArrayList<>();

  /** A run on its way: its own job, and perhaps a twin that launch-service will cancel. */
  private static final class Launch {
    final ModelJob own;
    final @Nullable ModelJob twin;
    boolean submittedIsTold;
    @Nullable Instant unreadSince;
    @Nullable Instant lastShown;
    int judged;

    Launch(ModelJob own, @Nullable ModelJob twin) {
      this.own = own;
      this.twin = twin;
    }
  }

  History(long seed) {
    random = new Random(seed);
    server = new SkyPilotModel(random, T0);
    ChangePlanner planner = new ChangePlanner(UNKNOWN_AFTER);
    ledger = new LedgerInMemory(planner, server::now, RECHECK_ENDED);
    WatchMetrics metrics = new WatchMetrics(new SimpleMeterRegistry(), server::now);
    round =
        new WatchRound(
            ledger,
            new QueueReader(server, server::now, PAGE_SIZE, failure -> metrics.readFailed()),
            planner,
            server::now,
            metrics,
            new DeafLog());
  }

  /** Readiness is not judged here. */
  private static final class DeafLog implements WatchLog {
    @Override
    public void succeeded(Instant at) {}

    @Override
    public void failed(String reason, Instant at) {}
  }

  /** What happened, for people. */
  List<String> story() {
    return story;
  }

  /** Lives it through. Throws an assertion error where something false was told. */
  void unfold() {
    int faultyRounds = 0;
    for (int i = 0; i < ROUNDS; i++) {
      happen();
      if (--faultyRounds <= 0) {
        server.become(fault(server.fault()));
        faultyRounds = 1 + random.nextInt(random.nextInt(4) == 0 ? 25 : 8);
      }
      watch();
    }
    server.become(Fault.NONE);
    launches.forEach(this::tellSubmitted);
    for (int i = 0; i < QUIET_ROUNDS; i++) {
      server.pass(Duration.ofSeconds(15));
      watch();
    }
    launches.forEach(this::checkEnd);
  }

  /**
   * The first answers after an outage lose no rows: an end that is looked at for the last time
   * then, and is lost just then, is told as it was.
   */
  private Fault fault(Fault before) {
    Fault next = Fault.values()[random.nextInt(Fault.values().length)];
    boolean afterOutage = before != Fault.NONE && next == Fault.LOSES_ROWS;
    return random.nextInt(5) < 2 || afterOutage ? Fault.NONE : next;
  }

  private void happen() {
    server.pass(Duration.ofMillis(1_000 + random.nextInt(20_000)));
    if (launches.size() < RUNS && random.nextInt(3) == 0) {
      launch();
    }
    if (random.nextInt(4) == 0) {
      server.createStranger();
    }
    if (random.nextInt(60) == 0) {
      story.add("controller restarts");
      server.restart();
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      server.move();
    }
    launches.forEach(
        (run, launch) -> {
          cancelTwin(launch);
          if (random.nextInt(launch.twin == null ? 3 : 12) == 0) {
            tellSubmitted(run, launch);
          }
        });
  }

  private void launch() {
    RunId run = new RunId("run-" + (launches.size() + 1));
    Map<String, String> metadata = Map.of("wrinklefree_run_id", run.value());
    ledger.accepted(run);
    ModelJob own = server.create(run.value(), metadata);
    ModelJob twin = random.nextInt(4) == 0 ? server.create(run.value(), metadata) : null;
    if (random.nextInt(6) == 0) {
      // Anybody may use the name.
      server.create(run.value(), Map.of());
    }
    if (twin != null && random.nextBoolean()) {
      server.pass(Duration.ofMillis(10));
      own.become("FAILED_PRECHECKS", server.now());
    }
    launches.put(run, new Launch(own, twin));
    story.add("launch " + run + " as job " + own.id() + (twin == null ? "" : " with a twin"));
  }

  /** Launch-service adopted the older one and cancels the twin. */
  private void cancelTwin(Launch launch) {
    ModelJob twin = launch.twin;
    if (twin != null && !twin.hasEnded() && random.nextInt(4) == 0) {
      server.pass(Duration.ofMillis(10));
      twin.become(random.nextBoolean() ? "CANCELLING" : "CANCELLED", server.now());
    }
  }

  private void tellSubmitted(RunId run, Launch launch) {
    if (!launch.submittedIsTold) {
      launch.submittedIsTold = true;
      ledger.submitted(run, launch.own.id());
      story.add("submitted " + run);
    }
  }

  private void watch() {
    Instant begun = server.now();
    server.beginRound();
    Map<RunId, Boolean> followed = new HashMap<>();
    launches.keySet().forEach(run -> followed.put(run, ledger.job(run).jobId() != null));
    round.run();
    launches.forEach((run, launch) -> judge(run, launch, begun, followed.getOrDefault(run, false)));
  }

  private void judge(RunId run, Launch launch, Instant begun, boolean followed) {
    List<Plan.Tell> told = ledger.told(run);
    List<Plan.Tell> fresh = told.subList(launch.judged, told.size());
    fresh.forEach(
        tell -> story.add("%s %s %s %s".formatted(begun, server.fault(), run, tell.data())));
    assertThat(fresh).as("events of one round").hasSizeLessThanOrEqualTo(1);
    for (int i = launch.judged; i < told.size(); i++) {
      checkEvent(launch, told.get(i), i == 0 ? null : told.get(i - 1), begun);
    }
    launch.judged = told.size();
    checkUnknown(run, launch, begun, followed);
    checkShown(run, launch, begun);
  }

  /** What an event says was true when it was read, and is new. */
  private void checkEvent(
      Launch launch, Plan.Tell tell, Plan.@Nullable Tell before, Instant begun) {
    JobStateChanged data = tell.data();
    boolean missed = data.state() == JobState.UNKNOWN && data.rawStatus() == null;
    assertThat(data.unknownSince() != null)
        .as("unknownSince goes with UNKNOWN")
        .isEqualTo(data.state() == JobState.UNKNOWN);
    if (!missed) {
      assertThat(truths(launch, begun)).as("true states of the time read").contains(data.state());
    }
    if (data.state().isTerminal()) {
      assertThat(launch.own.statesBetween(T0, server.now()))
          .as("ends of the run's own job")
          .contains(data.state());
    }
    if (missed) {
      String why = data.reason() == null ? "" : data.reason().code();
      assertThat(why).isEqualTo(isDark() ? "queue-unreadable" : why);
    }
    if (before == null) {
      assertThat(data.previousState()).isNull();
      return;
    }
    assertThat(data.previousState()).isEqualTo(before.data().state());
    assertThat(tell.time()).as("time").isAfterOrEqualTo(before.time());
    if (Objects.equals(data.skypilotJobId(), before.data().skypilotJobId())) {
      assertThat(before.data().state().isTerminal() && data.state() != JobState.FAILED_CONTROLLER)
          .as("%s after %s", data.state(), before.data().state())
          .isFalse();
      assertThat(data.recoveries()).isGreaterThanOrEqualTo(before.data().recoveries());
      assertThat(data).as("a new event says something new").isNotEqualTo(repeated(before, data));
    }
    assertThat(data.attempt()).isEqualTo(data.recoveries() + 1);
  }

  /** The earlier event as it would be repeated; the reason alone is no news. */
  private static JobStateChanged repeated(Plan.Tell before, JobStateChanged data) {
    JobStateChanged old = before.data();
    return new JobStateChanged(
        old.runId(),
        old.skypilotJobId(),
        old.state(),
        data.previousState(),
        old.rawStatus(),
        data.reason(),
        old.attempt(),
        old.recoveries(),
        old.placement(),
        data.startedAt(),
        data.endedAt(),
        data.unknownSince());
  }

  /** All that the run's job was in the time that the round's answers can be of. */
  private List<JobState> truths(Launch launch, Instant begun) {
    boolean stale = server.fault() == Fault.STALE;
    Instant from = stale ? begun.minus(SkyPilotModel.STALENESS) : begun;
    List<JobState> states = new ArrayList<>(launch.own.statesBetween(from, server.now()));
    if (launch.twin != null && !launch.submittedIsTold) {
      // Until launch-service tells, a twin may be seen first; its end must not count all the same.
      launch.twin.statesBetween(from, server.now()).stream()
          .filter(state -> !state.isTerminal())
          .forEach(states::add);
    }
    return states;
  }

  /** UNKNOWN is told when the queue cannot be read for long, neither earlier nor later. */
  private void checkUnknown(RunId run, Launch launch, Instant begun, boolean followed) {
    if (!isDark() || !followed) {
      launch.unreadSince = null;
      return;
    }
    Instant since = launch.unreadSince == null ? begun : launch.unreadSince;
    launch.unreadSince = since;
    boolean ended = ledger.job(run).hasEnded();
    boolean longEnough = !begun.isBefore(since.plus(UNKNOWN_AFTER).plusSeconds(1));
    if (longEnough && !ended) {
      assertThat(ledger.job(run).toldState()).contains(JobState.UNKNOWN);
    }
    Instant shown = launch.lastShown;
    if (shown != null && begun.isBefore(shown.plus(UNKNOWN_AFTER)) && !ledger.told(run).isEmpty()) {
      JobStateChanged last = ledger.told(run).getLast().data();
      assertThat(last.state() == JobState.UNKNOWN && last.rawStatus() == null)
          .as("UNKNOWN too early")
          .isFalse();
    }
  }

  private boolean isDark() {
    return server.fault() == Fault.UNAVAILABLE || server.fault() == Fault.CONTROLLER_DOWN;
  }

  /** A job that the server shows is told as it is, whatever is wrong with other rows. */
  private void checkShown(RunId run, Launch launch, Instant begun) {
    boolean shows =
        (server.fault() == Fault.NONE || server.fault() == Fault.BROKEN_ROW)
            && server.has(launch.own)
            && !server.isBroken(launch.own)
            && ledger.job(run).confirmed()
            && launch.submittedIsTold;
    if (!shows) {
      if (!server.has(launch.own)) {
        launch.lastShown = null;
      }
      return;
    }
    launch.lastShown = begun;
    if (ledger.job(run).doubtedSince() == null && !ledger.job(run).hasEnded()) {
      assertThat(ledger.job(run).toldState()).contains(ModelJob.state(launch.own.now()));
    }
  }

  private void checkEnd(RunId run, Launch launch) {
    List<Plan.Tell> told = ledger.told(run);
    if (server.has(launch.own)) {
      assertThat(told).as("a run whose job is there").isNotEmpty();
      assertThat(told.getLast().data().state()).isEqualTo(ModelJob.state(launch.own.now()));
      assertThat(told.getLast().data().skypilotJobId()).isEqualTo(launch.own.id());
    } else {
      JobState last = told.isEmpty() ? JobState.UNKNOWN : told.getLast().data().state();
      assertThat(last == JobState.UNKNOWN || last.isTerminal())
          .as("a job that is gone is %s", last)
          .isTrue();
    }
  }
}
