package dev.wrinklefree.monitor.training;

import dev.wrinklefree.contract.event.RunAlerted;
import dev.wrinklefree.contract.event.TrainingProgressed;
import dev.wrinklefree.contract.value.MetricKeys;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.alert.AlertPlanner;
import dev.wrinklefree.monitor.alert.JobCourse;
import dev.wrinklefree.monitor.alert.Situation;
import dev.wrinklefree.monitor.progress.FigureReader;
import dev.wrinklefree.monitor.progress.Figures;
import dev.wrinklefree.monitor.progress.Look;
import dev.wrinklefree.monitor.progress.LossCourse;
import dev.wrinklefree.monitor.progress.StepCourse;
import dev.wrinklefree.monitor.training.TrainingRecord.Reporting;
import dev.wrinklefree.monitor.training.TrainingRecord.ToldFigures;
import dev.wrinklefree.monitor.wandb.Summary;
import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a look means for a run. Pure: the same arguments give the same plan. */
public final class TrainingPlanner {

  /**
   * W&amp;B's words for a run that reports no more; {@code crashed} only where the job ended too.
   */
  private static final Set<String> FINAL_STATES = Set.of("finished", "failed", "crashed", "killed");

  private final AlertPlanner alerts;
  private final Duration lastLooksFor;

  /**
   * @param lastLooksFor how long after a job's end its final figures are waited for
   */
  public TrainingPlanner(AlertPlanner alerts, Duration lastLooksFor) {
    this.alerts = alerts;
    this.lastLooksFor = lastLooksFor;
  }

  /** What to do about a look. */
  public TrainingPlan plan(TrainingRecord recorded, Look look, Instant now) {
    JobCourse job = recorded.course().job().after(recorded.job(), recorded.knownAt());
    boolean sameMachines = job.attempt() == recorded.course().job().attempt();
    StepCourse steps = recorded.course().steps();
    Course before =
        sameMachines
            ? new Course(job, steps, recorded.course().loss())
            : new Course(job, steps.onOtherMachines(), LossCourse.NONE);
    Reporting reporting = recorded.reporting();
    ToldFigures figures = null;
    Course course = before;
    if (look instanceof Look.Seen seen && reporting != null) {
      Figures read = figures(seen.sighting(), reporting.keys(), recorded.told());
      course =
          new Course(
              job,
              before.steps().after(seen.sighting(), read, seen.readAt()),
              before.loss().after(read));
      figures = news(recorded, data(recorded.runId(), read, seen.sighting()), seen);
    }
    List<RunAlerted> changes =
        recorded.hasEnded()
            ? alerts.planEnd(recorded.open())
            : alerts.plan(situation(recorded, course, look, now), recorded.open());
    boolean over = isOver(recorded, look, figures == null, now);
    boolean changed =
        over || figures != null || !changes.isEmpty() || !course.equals(recorded.course());
    return new TrainingPlan(course, figures, changes, over, changed);
  }

  /** Where W&amp;B's text of the figures cannot be read, those that were told stand. */
  private static Figures figures(
      WandbSighting sighting, MetricKeys keys, @Nullable ToldFigures told) {
    if (sighting.summary() != null) {
      return FigureReader.read(sighting.summary(), keys);
    }
    return told == null ? Figures.NONE : Figures.told(told.data());
  }

  private static @Nullable ToldFigures news(
      TrainingRecord recorded, TrainingProgressed data, Look.Seen seen) {
    ToldFigures told = recorded.told();
    if (told != null && told.data().equals(data)) {
      return null;
    }
    return new ToldFigures(data, time(seen, told));
  }

  /** The latest sign of the figures; never in the future, and never before what was told. */
  private static Instant time(Look.Seen seen, @Nullable ToldFigures told) {
    Summary summary = seen.sighting().summary();
    Instant latest = seen.sighting().heartbeatAt();
    if (summary != null
        && summary.loggedAt() != null
        && (latest == null || summary.loggedAt().isAfter(latest))) {
      latest = summary.loggedAt();
    }
    Instant time = latest == null || latest.isAfter(seen.readAt()) ? seen.readAt() : latest;
    return told != null && told.time().isAfter(time) ? told.time() : time;
  }

  private static TrainingProgressed data(RunId runId, Figures figures, WandbSighting sighting) {
    return new TrainingProgressed(
        runId,
        figures.step(),
        figures.loss(),
        figures.perplexity(),
        figures.learningRate(),
        figures.gradientNorm(),
        figures.tokens(),
        figures.tokensPerSecond(),
        figures.percentComplete(),
        figures.nonFinite(),
        sighting.state(),
        sighting.heartbeatAt(),
        sighting.url());
  }

  private static Situation situation(
      TrainingRecord recorded, Course course, Look look, Instant now) {
    Instant readAt =
        switch (look) {
          case Look.Seen seen -> seen.readAt();
          case Look.Missing missing -> missing.readAt();
          case Look.Unread ignored -> null;
        };
    Placement placement = recorded.job() == null ? null : recorded.job().data().placement();
    return new Situation(
        recorded.runId(),
        course.job(),
        course.steps(),
        course.loss(),
        placement,
        recorded.acceleratorsUsed(),
        recorded.reporting() == null ? null : readAt,
        now);
  }

  /** The last figures come a little after the end: a look that brings nothing new is needed. */
  private boolean isOver(TrainingRecord recorded, Look look, boolean nothingNew, Instant now) {
    if (!recorded.hasEnded()) {
      return false;
    }
    boolean settled =
        look instanceof Look.Seen seen
            && seen.sighting().state() != null
            && FINAL_STATES.contains(seen.sighting().state())
            && nothingNew;
    return recorded.reporting() == null
        || settled
        || recorded.endedAt().map(end -> !now.isBefore(end.plus(lastLooksFor))).orElse(true);
  }
}
