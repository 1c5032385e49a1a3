package dev.wrinklefree.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.audit.server.SkyPilotJob;
import dev.wrinklefree.contract.event.JobState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jobs as SkyPilot's stand-in has them itself. */
final class SkyPilotRecords {

  private static final double NANOS = 1_000_000_000.0;

  private SkyPilotRecords() {}

  /** All jobs, also ended ones. */
  static List<SkyPilotJob> read(URI server) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<SkyPilotJob> jobs = new ArrayList<>();
      for (JsonNode row : Answers.get(http, server.resolve("/sandbox/jobs"))) {
        jobs.add(job(row));
      }
      return jobs;
    }
  }

  private static SkyPilotJob job(JsonNode row) {
    Instant ended = time(row.get("end_at"));
    JsonNode runId = row.path("metadata").get("wrinklefree_run_id");
    return new SkyPilotJob(
        row.get("job_id").longValue(),
        row.get("job_name").textValue(),
        runId == null ? null : runId.textValue(),
        JobState.valueOf(row.get("status").textValue()),
        time(row.get("start_at")),
        ended,
        ended,
        false);
  }

  /** Seconds since 1970 as a fraction. */
  private static @Nullable Instant time(@Nullable JsonNode seconds) {
    if (seconds == null || !seconds.isNumber()) {
      return null;
    }
    return Instant.ofEpochSecond(0, Math.round(seconds.doubleValue() * NANOS));
  }
}
