package dev.wrinklefree.audit.server;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Trace;
import dev.wrinklefree.audit.rule.AuditRule;
import dev.wrinklefree.audit.rule.AuditScope;
import dev.wrinklefree.audit.rule.Sighting;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SkyPilot has the jobs that were told, in the states that were told, and no other. */
final class ServerJobsRule implements AuditRule {

  /** SkyPilot's times are fractions of seconds in a double: their last digits are not exact. */
  private static final Duration ROUNDING = Duration.ofMillis(1);

  private final AuditScope scope;
  private final Map<String, List<SkyPilotJob>> jobs = new LinkedHashMap<>();
  private final Map<RunId, Told> runs = new LinkedHashMap<>();

  ServerJobsRule(AuditScope scope, List<SkyPilotJob> jobs) {
    this.scope = scope;
    for (SkyPilotJob job : jobs) {
      this.jobs.computeIfAbsent(job.run(), run -> new ArrayList<>()).add(job);
    }
  }

  private static final class Told {
    private final Trace accepted;
    private @Nullable Long jobId;
    private @Nullable JobStateChanged state;
    private @Nullable Trace last;

    Told(Trace accepted) {
      this.accepted = accepted;
    }

    Trace lastOrAccepted() {
      return last == null ? accepted : last;
    }
  }

  @Override
  public String code() {
    return "server-jobs";
  }

  @Override
  public String promise() {
    return "SkyPilot has one job per submitted run, in the state that was told last";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    if (sighting == Sighting.REPEAT || event.isRequest()) {
      return;
    }
    if (event.data() instanceof LaunchAccepted) {
      runs.putIfAbsent(event.runId(), new Told(event.trace()));
    }
    Told told = runs.get(event.runId());
    if (told == null) {
      return;
    }
    if (event.data() instanceof LaunchSubmitted submitted) {
      told.jobId = submitted.skypilotJobId();
      told.last = event.trace();
    } else if (event.data() instanceof JobStateChanged state) {
      told.state = state;
      told.last = event.trace();
    }
  }

  @Override
  public void finish(Findings findings) {
    runs.forEach(
        (runId, told) -> {
          findings.checked();
          judge(told, jobs.getOrDefault(runId.value(), List.of()), findings);
        });
  }

  private void judge(Told told, List<SkyPilotJob> ofRun, Findings findings) {
    List<SkyPilotJob> wanted = ofRun.stream().filter(job -> !job.twin()).toList();
    if (wanted.size() > 1) {
      findings.add(
          Severity.WRONG,
          "server-second-job",
          told.lastOrAccepted(),
          "SkyPilot has %d jobs of the run: %s."
              .formatted(wanted.size(), wanted.stream().map(SkyPilotJob::jobId).toList()));
    }
    Long jobId = told.jobId;
    if (jobId == null) {
      wanted.forEach(job -> untold(told, job, findings));
      return;
    }
    ofRun.stream()
        .filter(job -> job.jobId() == jobId)
        .findFirst()
        .ifPresentOrElse(
            job -> compare(told, job, findings),
            () ->
                findings.add(
                    Severity.WRONG,
                    "server-job-missing",
                    told.lastOrAccepted(),
                    "SkyPilot does not have job %d of the run.".formatted(jobId)));
  }

  private void untold(Told told, SkyPilotJob job, Findings findings) {
    findings.add(
        isYoung(job) ? Severity.PENDING : Severity.LOST,
        "server-job-untold",
        told.accepted,
        "SkyPilot has job %d of the run, which was not told.".formatted(job.jobId()));
  }

  private void compare(Told told, SkyPilotJob job, Findings findings) {
    JobStateChanged state = told.state;
    Trace last = told.lastOrAccepted();
    if (state == null || state.state() != job.state()) {
      findings.add(
          isYoung(job) ? Severity.PENDING : Severity.WRONG,
          "server-state-differs",
          last,
          "SkyPilot's job %d is %s, and %s was told last."
              .formatted(job.jobId(), job.state(), state == null ? "nothing" : state.state()));
    } else if (state.state().isTerminal()
        && (differ(state.startedAt(), job.startedAt()) || differ(state.endedAt(), job.endedAt()))) {
      findings.add(
          Severity.WRONG,
          "server-times-differ",
          last,
          "SkyPilot's job %d ran from %s to %s, and from %s to %s was told."
              .formatted(
                  job.jobId(), job.startedAt(), job.endedAt(), state.startedAt(), state.endedAt()));
    }
  }

  private boolean isYoung(SkyPilotJob job) {
    return job.changedAt() != null && scope.isYoung(job.changedAt());
  }

  private static boolean differ(@Nullable Instant told, @Nullable Instant onRecord) {
    return told == null || onRecord == null
        ? told != onRecord
        : Duration.between(told, onRecord).abs().compareTo(ROUNDING) > 0;
  }
}
