package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.AlertCode;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.RunAlerted.Status;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import dev.wrinklefree.monitor.alert.AlertPlanner;
import dev.wrinklefree.monitor.alert.AlertRules;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.state.Told;
import dev.wrinklefree.monitor.training.TrainingRecord.Reporting;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import dev.wrinklefree.monitor.wandb.LoggedValue;
import dev.wrinklefree.monitor.wandb.Summary;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run told step by step, recorded as the ledger records it, with the rules as shipped. */
final class TrainingStory {
  static final RunId RUN = new RunId("run-1");
  static final Instant T0 = Instant.parse("2026-11-01T10:00:00Z");
  static final AlertRules RULES =
      new AlertRules(
          Duration.ofMinutes(10),
          5,
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          3,
          Duration.ofHours(2),
          Duration.ofMinutes(5),
          0.5,
          6);

  private static final String URL = "https://wandb.ai/team/proj/runs/run-1";
  private static final Accelerators GPUS = new Accelerators("H100", 8);

  private final TrainingPlanner planner =
      new TrainingPlanner(new AlertPlanner(RULES), Duration.ofMinutes(10));
  private final List<RunAlerted> alerts = new ArrayList<>();
  private final List<ToldFigures> told = new ArrayList<>();
  private TrainingRecord record;
  private Instant now = T0;
  private boolean over;

  TrainingStory() {
    this(new Reporting(new WandbRun("team", "proj", RUN.value()), MetricKeys.FAIRY2), null);
  }

  TrainingStory(@Nullable Reporting reporting, @Nullable Integer acceleratorsUsed) {
    record =
        new TrainingRecord(
            RUN, T0, reporting, acceleratorsUsed, null, false, Course.NONE, null, Map.of());
  }

  /** That time passes. */
  TrainingStory after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** The job gets there. */
  TrainingStory job(JobState state, int attempt) {
    JobStateChanged data =
        new JobStateChanged(
            RUN,
            1L,
            state,
            null,
            null,
            null,
            attempt,
            attempt - 1,
            state.holdsMachines()
                ? new Placement("nebius", null, null, "gpu-h100", GPUS, true, 2)
                : null,
            null,
            null,
            null);
    record = with(new Told(data, now), record.course(), record.told(), record.open());
    return unread();
  }

  /** W&amp;B is looked at and does not answer. */
  TrainingStory unread() {
    return look(new Look.Unread());
  }

  /** W&amp;B answers and does not have the run. */
  TrainingStory missing() {
    return look(new Look.Missing(now));
  }

  /** W&amp;B shows the run alive at that step. */
  TrainingStory step(long step, double loss) {
    return seen("running", now, step, new LoggedValue.Finite(loss));
  }

  /** W&amp;B shows it so. */
  TrainingStory seen(String state, Instant heartbeat, long step, LoggedValue loss) {
    Map<String, LoggedValue> values = new HashMap<>();
    values.put("progress/step", new LoggedValue.Finite(step));
    values.put("train/loss", loss);
    return look(
        new Look.Seen(
            new WandbSighting(RUN.value(), state, heartbeat, new Summary(values, now), URL), now));
  }

  TrainingStory look(Look look) {
    TrainingPlan plan = planner.plan(record, look, now);
    Map<AlertCode, RunAlerted> open = new HashMap<>(record.open());
    for (RunAlerted alert : plan.alerts()) {
      AlertCode code =
          Arrays.stream(AlertCode.values())
              .filter(c -> c.word().equals(alert.code()))
              .findFirst()
              .orElseThrow();
      if (alert.status() == Status.RAISED) {
        open.put(code, alert);
      } else {
        open.remove(code);
      }
    }
    alerts.addAll(plan.alerts());
    if (plan.figures() != null) {
      told.add(plan.figures());
    }
    over = plan.over();
    record =
        with(
            record.job(),
            plan.course(),
            plan.figures() == null ? record.told() : plan.figures(),
            open);
    return this;
  }

  /** Whether another look of that kind would change anything. */
  boolean wouldChange(Look look) {
    return planner.plan(record, look, now).changed();
  }

  Instant now() {
    return now;
  }

  TrainingRecord record() {
    return record;
  }

  boolean over() {
    return over;
  }

  List<RunAlerted> alerts() {
    return alerts;
  }

  List<ToldFigures> told() {
    return told;
  }

  /** Codes of the alerts that are open, sorted. */
  List<String> open() {
    return record.open().keySet().stream().map(AlertCode::word).sorted().toList();
  }

  private TrainingRecord with(
      @Nullable Told job,
      Course course,
      @Nullable ToldFigures figures,
      Map<AlertCode, RunAlerted> open) {
    return new TrainingRecord(
        RUN, T0, record.reporting(), record.acceleratorsUsed(), job, false, course, figures, open);
  }
}
