package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.training.ProjectReader.Reading;
import dev.wrinklefree.monitor.training.TrainingRecord.Reporting;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round over all runs: look, plan, tell. */
final class TrainingRound {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrainingRound.class);

  private final TrainingLedger ledger;
  private final @Nullable ProjectReader reader;
  private final TrainingPlanner planner;
  private final InstantSource clock;
  private final TrainingMetrics metrics;
  private final TrainingLog log;

  /**
   * @param reader absent where W&amp;B cannot be asked; the jobs' own alerts are raised all the
   *     same
   */
  TrainingRound(
      TrainingLedger ledger,
      @Nullable ProjectReader reader,
      TrainingPlanner planner,
      InstantSource clock,
      TrainingMetrics metrics,
      TrainingLog log) {
    this.ledger = ledger;
    this.reader = reader;
    this.planner = planner;
    this.clock = clock;
    this.metrics = metrics;
    this.log = log;
  }

  /** Runs the round to its end. */
  void run() {
    metrics.round().record(this::reconcile);
  }

  private void reconcile() {
    List<TrainingRecord> runs = ledger.watched();
    metrics.watching(runs.size());
    Map<Project, List<TrainingRecord>> projects = new LinkedHashMap<>();
    List<TrainingRecord> unread = new ArrayList<>();
    for (TrainingRecord run : runs) {
      Reporting reporting = run.reporting();
      if (reporting == null || reader == null || run.job() == null) {
        unread.add(run);
      } else {
        Project project = new Project(reporting.wandb().entity(), reporting.wandb().project());
        projects.computeIfAbsent(project, p -> new ArrayList<>()).add(run);
      }
    }
    if (reader == null) {
      log.failed(WandbAccess.Off.REASON, clock.instant());
    } else {
      readAll(reader, projects);
    }
    unread.forEach(run -> consider(run, new Look.Unread()));
  }

  private void readAll(ProjectReader wandb, Map<Project, List<TrainingRecord>> projects) {
    wandb.keepOnly(projects.keySet());
    String failure = null;
    boolean rested = false;
    for (Map.Entry<Project, List<TrainingRecord>> entry : projects.entrySet()) {
      Reading reading = wandb.read(entry.getKey(), ids(entry.getValue()));
      switch (reading) {
        case Reading.Answered ignored -> metrics.readSucceeded();
        case Reading.Failed failed -> {
          metrics.readFailed();
          failure = failed.reason();
        }
        case Reading.Resting ignored -> rested = true;
      }
      entry.getValue().forEach(run -> consider(run, look(run, reading)));
    }
    if (failure != null) {
      log.failed(failure, clock.instant());
    } else if (!rested) {
      log.succeeded(clock.instant());
    }
  }

  private static List<String> ids(List<TrainingRecord> runs) {
    return runs.stream().map(TrainingRound::wandbId).sorted().toList();
  }

  private static String wandbId(TrainingRecord run) {
    Reporting reporting = run.reporting();
    return reporting == null ? run.runId().value() : reporting.wandb().id();
  }

  private static Look look(TrainingRecord run, Reading reading) {
    return switch (reading) {
      case Reading.Answered answered -> {
        WandbSighting sighting = answered.runs().get(wandbId(run));
        yield sighting == null
            ? new Look.Missing(answered.readAt())
            : new Look.Seen(sighting, answered.readAt());
      }
      case Reading.Failed ignored -> new Look.Unread();
      case Reading.Resting ignored -> new Look.Unread();
    };
  }

  /** One run that cannot be recorded must not keep the others from being told. */
  private void consider(TrainingRecord run, Look look) {
    try {
      if (planner.plan(run, look, clock.instant()).changed()) {
        tell(run.runId(), ledger.settle(run.runId(), look));
      }
    } catch (RuntimeException e) {
      metrics.settlementFailed();
      LOGGER
          .atError()
          .setCause(e)
          .addKeyValue("runId", run.runId())
          .log("Training was not recorded");
    }
  }

  private void tell(RunId runId, TrainingPlan done) {
    for (RunAlerted alert : done.alerts()) {
      metrics.alerted(alert);
      LOGGER
          .atInfo()
          .addKeyValue("runId", runId)
          .addKeyValue("code", alert.code())
          .addKeyValue("status", alert.status().word())
          .log("Run alert");
    }
  }
}
