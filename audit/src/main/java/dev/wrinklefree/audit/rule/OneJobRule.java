package dev.wrinklefree.audit.rule;

import dev.wrinklefree.audit.finding.Findings;
import dev.wrinklefree.audit.finding.Severity;
import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.RunId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A launch request makes at most one SkyPilot job. */
final class OneJobRule implements AuditRule {

  private final Map<RunId, Long> jobs = new HashMap<>();

  @Override
  public String code() {
    return "one-job";
  }

  @Override
  public String promise() {
    return "at most one SkyPilot job is told of each run";
  }

  @Override
  public void event(EventRecord event, Sighting sighting, Findings findings) {
    Long jobId = jobId(event.data());
    if (jobId == null || sighting == Sighting.REPEAT) {
      return;
    }
    findings.checked();
    Long known = jobs.putIfAbsent(event.runId(), jobId);
    if (known != null && !known.equals(jobId)) {
      findings.add(
          Severity.WRONG,
          "second-job",
          event.trace(),
          "It tells of SkyPilot job %d, and the run has job %d.".formatted(jobId, known));
    }
  }

  private static @Nullable Long jobId(@Nullable EventData data) {
    if (data instanceof LaunchSubmitted submitted) {
      return submitted.skypilotJobId();
    }
    return data instanceof JobStateChanged job ? job.skypilotJobId() : null;
  }
}
