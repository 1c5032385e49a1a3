package dev.wrinklefree.skypilot.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a launch brought.
 *
 * @param jobIds SkyPilot's numbers of the new jobs; empty if the server did not say, then the queue
 *     knows them by name
 */
public record LaunchedJob(List<Long> jobIds) {
  public LaunchedJob {
    jobIds = List.copyOf(jobIds);
  }

  /** The job's number; of several the first. */
  public OptionalLong jobId() {
    return jobIds.isEmpty() ? OptionalLong.empty() : OptionalLong.of(jobIds.getFirst());
  }

  /** Reads {@code job_id}, which is a list, a number from older servers, or null. */
  public static LaunchedJob read(JsonNode result) {
    List<Long> ids = new ArrayList<>();
    JsonNode jobId = result.path("job_id");
    Iterable<JsonNode> candidates = jobId.isArray() ? jobId : List.of(jobId);
    for (JsonNode candidate : candidates) {
      if (candidate.isIntegralNumber() && candidate.canConvertToLong()) {
        ids.add(candidate.longValue());
      }
    }
    return new LaunchedJob(ids);
  }
}
