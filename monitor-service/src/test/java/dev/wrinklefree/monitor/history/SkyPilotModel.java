package dev.wrinklefree.monitor.history;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.queue.QueuePages;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException;
import dev.wrinklefree.skypilot.jobs.JobPlacement;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A SkyPilot server whose jobs go their ways, and whose answers fail in all the known ways. */
final class SkyPilotModel implements QueuePages {

  /** What is wrong with the answers. */
  enum Fault {
    NONE,
    /** HTTP 503, or a cut connection. */
    UNAVAILABLE,
    /** The error that SkyPilot gives while its controller cannot be read. */
    CONTROLLER_DOWN,
    /** A few requests are answered, then none. */
    BREAKS_OFF,
    /** Rows are missing from answers that look whole. */
    LOSES_ROWS,
    /** Answers show how things were a while ago. */
    STALE,
    /** An answer takes 10 s, while jobs come and go, so that pages shift. */
    SLOW,
    /** One row makes every answer that it is in an error. */
    BROKEN_ROW
  }

  /** Less than the time after which a job that is not seen is unknown. */
  static final Duration STALENESS = Duration.ofSeconds(40);

  /** An end is corrected within this time. */
  static final Duration CORRECTABLE = Duration.ofSeconds(60);

  private static final Duration SLOWNESS = Duration.ofSeconds(10);

  private final Random random;
  private final TreeMap<Long, ModelJob> table = new TreeMap<>();
  private final Set<Long> lost = new HashSet<>();
  private Set<Long> lostBefore = Set.of();
  private Fault fault = Fault.NONE;
  private long nextId = 1;
  private int answersLeft;
  private @Nullable Long broken;
  private Set<String> brokenFields = Set.of();
  private Instant now;

  SkyPilotModel(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  ModelJob create(String name, Map<String, String> metadata) {
    ModelJob job = new ModelJob(nextId++, name, metadata, now);
    table.put(job.id(), job);
    return job;
  }

  void createStranger() {
    RunId other = new RunId("other-" + random.nextInt(1_000_000));
    create(other.value(), Map.of("wrinklefree_run_id", other.value()));
  }

  boolean has(ModelJob job) {
    return table.get(job.id()) == job;
  }

  /** Some job moves on; one that ended long ago does not any more. */
  void move() {
    List<ModelJob> movable =
        table.values().stream()
            .filter(job -> !job.hasEnded() || job.changedAt().plus(CORRECTABLE).isAfter(now))
            .toList();
    if (!movable.isEmpty()) {
      ModelJob job = movable.get(random.nextInt(movable.size()));
      // Ends are corrected seldom.
      if (!job.hasEnded() || random.nextInt(8) == 0) {
        tick();
        job.step(random, now);
      }
    }
  }

  /** The controller is torn down: no job is left, and the next one is number 1. */
  void restart() {
    table.clear();
    nextId = 1;
    for (int i = random.nextInt(8); i > 0; i--) {
      createStranger();
    }
  }

  Fault fault() {
    return fault;
  }

  boolean isBroken(ModelJob job) {
    return fault == Fault.BROKEN_ROW && Long.valueOf(job.id()).equals(broken);
  }

  void become(Fault next) {
    if (next != fault) {
      fault = next;
      broken =
          table.isEmpty() ? null : List.copyOf(table.keySet()).get(random.nextInt(table.size()));
      brokenFields =
          List.of(
                  Set.of("failure_reason"),
                  Set.of("metadata"),
                  Set.of("status"),
                  Set.of("accelerators"))
              .get(random.nextInt(4));
    }
  }

  /** A round begins: a job that was lost from the answers of one round shows in the next. */
  void beginRound() {
    lostBefore = Set.copyOf(lost);
    lost.clear();
    answersLeft = random.nextInt(3);
  }

  @Override
  public QueuePage read(QueueQuery query) {
    tick();
    switch (fault) {
      case UNAVAILABLE -> throw new SkyPilotException.Retryable("HTTP 503", null);
      case CONTROLLER_DOWN -> throw error("ClusterNotUpError", "No in-progress managed jobs.");
      case BREAKS_OFF -> {
        if (answersLeft-- <= 0) {
          throw new SkyPilotException.Retryable("connection reset", null);
        }
      }
      case SLOW -> {
        pass(SLOWNESS);
        for (int i = random.nextInt(3); i > 0; i--) {
          move();
        }
        if (random.nextBoolean()) {
          createStranger();
        }
      }
      case NONE, LOSES_ROWS, STALE, BROKEN_ROW -> {}
    }
    return answer(query);
  }

  private QueuePage answer(QueueQuery query) {
    Instant shown = fault == Fault.STALE ? now.minus(STALENESS) : now;
    List<JobRecord> rows = new ArrayList<>();
    for (ModelJob job : table.descendingMap().values()) {
      if (job.existedAt(shown) && matches(query, job.at(shown))) {
        rows.add(job.at(shown));
      }
    }
    Integer page = query.page();
    Integer limit = query.limit();
    if (page != null && limit != null) {
      int from = Math.min((page - 1) * limit, rows.size());
      rows = rows.subList(from, Math.min(from + limit, rows.size()));
    }
    if (fault == Fault.BROKEN_ROW
        && rows.stream().anyMatch(row -> Long.valueOf(row.jobId()).equals(broken))
        && query.fields().stream().anyMatch(brokenFields::contains)) {
      throw error("ValidationError", "1 validation error for ManagedJobRecord");
    }
    List<JobRecord> shownRows =
        rows.stream().filter(row -> !isLost(row)).map(row -> selected(row, query)).toList();
    return new QueuePage(shownRows, rows.size(), table.size(), Map.of(), 0);
  }

  private boolean isLost(JobRecord row) {
    if (fault != Fault.LOSES_ROWS || lostBefore.contains(row.jobId()) || random.nextInt(3) != 0) {
      return false;
    }
    lost.add(row.jobId());
    return true;
  }

  private static boolean matches(QueueQuery query, JobRecord row) {
    String name = query.nameMatch();
    return !(query.skipFinished() && row.status().isTerminal())
        && (query.jobIds().isEmpty() || query.jobIds().contains(row.jobId()))
        && (name == null || String.valueOf(row.jobName()).contains(name));
  }

  /** Fields that were not asked for come back empty. */
  private static JobRecord selected(JobRecord row, QueueQuery query) {
    List<String> fields = query.fields();
    return new JobRecord(
        row.jobId(),
        row.taskId(),
        row.jobName(),
        row.taskName(),
        row.status(),
        row.statusText(),
        row.scheduleState(),
        row.recoveryCount(),
        row.times(),
        fields.contains("failure_reason") ? row.failureReason() : null,
        fields.contains("metadata") ? row.metadata() : Map.of(),
        fields.contains("cloud") ? row.placement() : JobPlacement.NONE,
        row.workspace(),
        row.userHash());
  }

  /** Time moves, so that no two things happen at once. */
  private void tick() {
    pass(Duration.ofMillis(50));
  }

  private static SkyPilotException error(String type, String message) {
    return new SkyPilotException.Permanent(new Refusal.ServerError(type, message));
  }
}
