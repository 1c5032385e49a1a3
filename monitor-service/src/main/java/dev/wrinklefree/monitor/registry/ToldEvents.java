package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.monitor.state.RecordedJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what was last told of each run as it was read, since most runs have not changed from
 * one round to the next: an event that is still the same text is not parsed again. Thread-safe.
 */
final class ToldEvents {

  private record Read(String json, JobStateChanged data) {}

  private Map<String, Read> last = Map.of();

  /** The rows as records; what was remembered of other runs is forgotten. */
  synchronized List<RecordedJob> read(List<RunEntity> rows) {
    Map<String, Read> next = HashMap.newHashMap(rows.size());
    List<RecordedJob> jobs = new ArrayList<>(rows.size());
    for (RunEntity row : rows) {
      String json = row.told;
      Read read = json == null ? null : read(row.runId, json);
      if (read != null) {
        next.put(row.runId, read);
      }
      jobs.add(RecordedJobs.read(row, read == null ? null : read.data()));
    }
    last = next;
    return List.copyOf(jobs);
  }

  private Read read(String runId, String json) {
    Read known = last.get(runId);
    return known != null && known.json().equals(json)
        ? known
        : new Read(json, RecordedJobs.data(json));
  }
}
