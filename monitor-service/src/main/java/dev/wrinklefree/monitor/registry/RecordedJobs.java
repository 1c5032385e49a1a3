package dev.wrinklefree.monitor.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.state.Told;
import dev.wrinklefree.skypilot.jobs.JobTimes;
import org.jspecify.annotations.Nullable;

/** Rows as records and back. */
final class RecordedJobs {
  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private RecordedJobs() {}

  static RecordedJob read(RunEntity entity) {
    return read(entity, entity.told == null ? null : data(entity.told));
  }

  /**
   * @param told the event in the row's column
   */
  static RecordedJob read(RunEntity entity, @Nullable JobStateChanged told) {
    return new RecordedJob(
        new RunId(entity.runId),
        entity.jobId,
        entity.jobId != null && entity.jobConfirmed,
        told == null || entity.toldAt == null ? null : new Told(told, entity.toldAt),
        entity.recoveries,
        new JobTimes(entity.submittedAt, entity.startedAt, entity.endedAt, entity.recoveredAt),
        entity.seenAt,
        entity.missedSince,
        entity.doubtedSince);
  }

  static void write(RecordedJob job, RunEntity entity) {
    entity.jobId = job.jobId();
    entity.jobConfirmed = job.confirmed();
    entity.recoveries = job.recoveries();
    entity.submittedAt = job.times().submittedAt();
    entity.startedAt = job.times().startAt();
    entity.endedAt = job.times().endAt();
    entity.recoveredAt = job.times().lastRecoveredAt();
    entity.seenAt = job.seenAt();
    entity.missedSince = job.missedSince();
    entity.doubtedSince = job.doubtedSince();
    Told told = job.told();
    entity.state = told == null ? null : told.data().state().name();
    entity.told = told == null ? null : json(told.data());
    entity.toldAt = told == null ? null : told.time();
  }

  static JobStateChanged data(String json) {
    try {
      return MAPPER.readValue(json, JobStateChanged.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that was recorded cannot be read", e);
    }
  }

  static String json(JobStateChanged data) {
    try {
      return MAPPER.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event cannot be written", e);
    }
  }
}
