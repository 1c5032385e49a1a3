package dev.wrinklefree.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.Rows;
import dev.wrinklefree.monitor.queue.QueueReader;
import dev.wrinklefree.monitor.state.ChangePlanner;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.Plan;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WatchRoundTest {
  private static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  private static final RunId ONE = new RunId("run-1");
  private static final RunId TWO = new RunId("run-2");
  private static final JobPlacement PLACE =
      new JobPlacement(
          null, "1x[spot](gpus=L4:1, g2-standard-8)", "GCP", "us-central1", null, Map.of());

  /** Keeps records in memory, and fails for the runs that it is told to. */
  private final class MemoryLedger implements Ledger {
    final TreeMap<RunId, RecordedJob> jobs = new TreeMap<>();
    final List<JobStateChanged> told = new ArrayList<>();
    final Set<RunId> broken = new HashSet<>();
    final List<RunId> seenAgain = new ArrayList<>();
    final List<Integer> together = new ArrayList<>();
    final List<Instant> seenTogether = new ArrayList<>(List.of(Instant.EPOCH));

    @Override
    public Watched watched(Instant at) {
      return new Watched(List.copyOf(jobs.values()), seenTogether.getLast());
    }

    @Override
    public Settlement settle(RunId runId, Finding finding) {
      if (broken.contains(runId)) {
        throw new IllegalStateException("the database refuses this one");
      }
      Plan plan = planner.plan(watched(runId), finding);
      if (plan instanceof Plan.Tell tell) {
        jobs.put(runId, tell.next());
        told.add(tell.data());
      } else if (plan instanceof Plan.Remember remember) {
        jobs.put(runId, remember.next());
      }
      return new Settlement(plan, now);
    }

    @Override
    public Map<RunId, Settlement> settleTogether(SortedMap<RunId, Finding> findings) {
      if (findings.keySet().stream().anyMatch(broken::contains)) {
        throw new IllegalStateException("the database refuses one of them");
      }
      together.add(findings.size());
      Map<RunId, Settlement> settled = new TreeMap<>();
      findings.forEach((run, finding) -> settled.put(run, settle(run, finding)));
      return settled;
    }

    @Override
    public void seenAgain(Collection<RunId> runIds, Instant readAt) {
      seenAgain.addAll(runIds);
    }

    @Override
    public void seenTogether(Instant readAt) {
      seenTogether.add(readAt);
    }

    private RecordedJob watched(RunId runId) {
      return jobs.getOrDefault(runId, RecordedJob.unseen(runId, null))
          .seenTogether(seenTogether.getLast());
    }
  }

  private static final class RememberedLog implements WatchLog {
    final List<Instant> succeeded = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    @Override
    public void succeeded(Instant at) {
      succeeded.add(at);
    }

    @Override
    public void failed(String reason, Instant at) {
      failed.add(reason);
    }
  }

  private final ChangePlanner planner = new ChangePlanner(Duration.ofMinutes(1));
  private final MemoryLedger ledger = new MemoryLedger();
  private final TreeMap<Long, JobRecord> queue = new TreeMap<>();
  private final List<QueueQuery> queries = new ArrayList<>();
  private UnaryOperator<JobRecord> whenAskedForPlaces = row -> row;
  private boolean unreadable;
  private Instant now = T0;
  private final InstantSource clock = () -> now;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WatchMetrics metrics = new WatchMetrics(meters, clock);
  private final RememberedLog log = new RememberedLog();
  private final WatchRound round =
      new WatchRound(
          ledger,
          new QueueReader(this::read, clock, 100, failure -> metrics.readFailed()),
          planner,
          clock,
          metrics,
          log);

  @Test
  void withoutRunsOneRowIsAskedForToKnowWhetherThereIsAnAnswer() {
    round.run();
    unreadable = true;
    now = T0.plusSeconds(15);
    round.run();

    assertThat(queries).hasSize(2).allMatch(query -> Objects.equals(query.limit(), 1));
    assertThat(log.succeeded).containsExactly(T0);
    assertThat(log.failed).containsExactly("connection refused");
  }

  @Test
  void roundSucceedsWhereSkyPilotAnswersAndFailsWhereItStops() {
    follow(ONE, 1, Rows.of(ONE, 1, "SUCCEEDED"));
    round.run();
    unreadable = true;
    round.run();

    assertThat(log.succeeded).containsExactly(T0);
    assertThat(log.failed).containsExactly("connection refused");
  }

  @Test
  void quietRoundIsOneRequestAndWritesNoEvent() {
    follow(ONE, 1, running(ONE, 1));
    round.run();
    queries.clear();
    ledger.told.clear();
    now = T0.plusSeconds(15);

    round.run();

    assertThat(queries).hasSize(1);
    assertThat(ledger.told).isEmpty();
    assertThat(ledger.seenAgain).isEmpty();
    assertThat(ledger.seenTogether).containsExactly(Instant.EPOCH, now);
  }

  @Test
  void runThatSettledDownIsToldOfItsNextChangeAllTheSame() {
    follow(ONE, 1, running(ONE, 1));
    follow(TWO, 2, running(TWO, 2));
    quietRounds(3);
    ledger.told.clear();

    queue.put(1L, Rows.of(ONE, 1, "RECOVERING").at(T0, T0.plusSeconds(5), null, null).row());
    round.run();

    assertThat(ledger.told)
        .singleElement()
        .satisfies(data -> assertThat(data.state()).isEqualTo(JobState.RECOVERING));
    assertThat(ledger.seenTogether.getLast()).isEqualTo(now);
  }

  @Test
  void runThatVanishesAfterQuietRoundsIsUnknownSinceTheLastReadingThatShowedIt() {
    follow(ONE, 1, running(ONE, 1));
    follow(TWO, 2, running(TWO, 2));
    quietRounds(3);
    Instant lastSeen = now;
    queue.remove(1L);
    for (int later = 0; later < 6; later++) {
      now = now.plusSeconds(15);
      round.run();
    }

    assertThat(ledger.told.getLast().state()).isEqualTo(JobState.UNKNOWN);
    assertThat(ledger.told.getLast().unknownSince()).isEqualTo(lastSeen);
    assertThat(ledger.watched(ONE).seenAt()).isEqualTo(lastSeen);
    assertThat(ledger.seenTogether.getLast()).isEqualTo(now);
  }

  @Test
  void seenTogetherIsNotSaidWhereAMissedRunCouldNotBeRecorded() {
    follow(ONE, 1, running(ONE, 1));
    follow(TWO, 2, running(TWO, 2));
    quietRounds(3);
    Instant lastTogether = ledger.seenTogether.getLast();
    queue.remove(1L);
    ledger.broken.add(ONE);
    now = now.plusSeconds(15);

    round.run();

    assertThat(ledger.seenTogether.getLast()).isEqualTo(lastTogether);
    assertThat(ledger.seenAgain).containsExactly(TWO);
  }

  @Test
  void anEndedRunIsSeenAgainAlone() {
    follow(ONE, 1, Rows.of(ONE, 1, "SUCCEEDED"));
    quietRounds(2);

    assertThat(ledger.seenAgain).containsExactly(ONE);
    assertThat(ledger.seenTogether).containsExactly(Instant.EPOCH);
  }

  private void quietRounds(int rounds) {
    for (int count = 0; count < rounds; count++) {
      now = now.plusSeconds(15);
      round.run();
    }
  }

  @Test
  void placeIsAskedOnceAndForTheJobsThatNeedItOnly() {
    follow(ONE, 1, running(ONE, 1));
    follow(TWO, 2, Rows.of(TWO, 2, "PENDING"));

    round.run();

    assertThat(queries).hasSize(2);
    assertThat(queries.getLast().jobIds()).containsExactly(1L);
    assertThat(ledger.told.getFirst().placement())
        .isEqualTo(new Placement("gcp", "us-central1", null, "g2-standard-8", null, true, 1));
  }

  @Test
  void placeOfALaterAttemptIsNotTakenForThisOne() {
    follow(ONE, 1, running(ONE, 1));
    whenAskedForPlaces =
        row -> new Rows(row).at(T0, T0.plusSeconds(5), T0.plusSeconds(60), null).recovered(1).row();

    round.run();

    assertThat(ledger.told)
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.state()).isEqualTo(JobState.RUNNING);
              assertThat(data.placement()).isNull();
            });
  }

  @Test
  void runThatCannotBeRecordedDoesNotHoldUpTheOthers() {
    follow(ONE, 1, running(ONE, 1));
    follow(TWO, 2, running(TWO, 2));
    ledger.broken.add(ONE);

    round.run();

    assertThat(ledger.told).extracting(JobStateChanged::runId).containsExactly(TWO);
    assertThat(count("wf.monitor.settlements.failed")).isEqualTo(1);
  }

  @Test
  void manyChangesAreRecordedFiftyAtATime() {
    for (int job = 1; job <= 101; job++) {
      RunId run = new RunId("many-%03d".formatted(job));
      follow(run, job, running(run, job));
    }

    round.run();

    assertThat(ledger.together).containsExactly(50, 50);
    assertThat(ledger.told)
        .hasSize(101)
        .extracting(JobStateChanged::runId)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void vanishedJobIsLookedForByItsId() {
    follow(ONE, 1, Rows.of(ONE, 1, "SUCCEEDED"));

    round.run();

    assertThat(queries).extracting(QueueQuery::jobIds).containsExactly(List.of(), List.of(1L));
    assertThat(ledger.told).extracting(JobStateChanged::state).containsExactly(JobState.SUCCEEDED);
  }

  @Test
  void failedReadsAreCountedAndTheLastGoodOneAges() {
    follow(ONE, 1, running(ONE, 1));
    round.run();
    unreadable = true;
    now = T0.plusSeconds(30);

    round.run();

    assertThat(count("wf.monitor.queue.reads.failed")).isEqualTo(2);
    assertThat(meters.get("wf.monitor.queue.last.read.age").gauge().value()).isEqualTo(30);
    assertThat(ledger.told).extracting(JobStateChanged::state).containsExactly(JobState.RUNNING);
    assertThat(meters.get("wf.monitor.jobs.watched").gauge().value()).isEqualTo(1);
  }

  @Test
  void detectionIsTimedFromSkyPilotsClock() {
    follow(ONE, 1, running(ONE, 1));
    now = T0.plusSeconds(7);

    round.run();

    assertThat(meters.get("wf.detection.latency").timer().count()).isEqualTo(1);
    assertThat(meters.get("wf.detection.latency").timer().totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  private double count(String name) {
    return meters.get(name).counter().count();
  }

  private void follow(RunId run, long jobId, Rows row) {
    ledger.jobs.put(run, RecordedJob.unseen(run, jobId));
    queue.put(jobId, row.row());
  }

  private static Rows running(RunId run, long jobId) {
    return Rows.of(run, jobId, "RUNNING")
        .at(T0, T0.plusSeconds(5), T0.plusSeconds(5), null)
        .placed(PLACE);
  }

  private QueuePage read(QueueQuery query) {
    queries.add(query);
    if (unreadable) {
      throw new SkyPilotException.Retryable("connection refused", null);
    }
    boolean places = query.fields().contains("cloud");
    List<JobRecord> rows =
        queue.descendingMap().values().stream()
            .filter(row -> !query.skipFinished() || !row.status().isTerminal())
            .filter(row -> query.jobIds().isEmpty() || query.jobIds().contains(row.jobId()))
            .map(places ? whenAskedForPlaces : row -> new Rows(row).placed(JobPlacement.NONE).row())
            .toList();
    return new QueuePage(rows, rows.size(), rows.size(), Map.of(), 0);
  }
}
