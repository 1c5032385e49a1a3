package dev.wrinklefree.monitor.registry;

import dev.wrinklefree.monitor.state.RecordedJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers rows as records by the version that they were read in, since most have not changed from
 * one round to the next: only those that have are loaded again. Thread-safe.
 */
final class KnownRows {

  private record Known(String version, RecordedJob run) {}

  private String lastVersions = "";
  private List<RecordedJob> lastRuns = List.of();
  private Map<String, Known> known = Map.of();

  /**
   * The rows of these versions; what was remembered of others is forgotten.
   *
   * @param versions one line for each row: its run id, a space, and what changes with every write
   * @param load loads rows by run id. What it finds may be newer than its version says: it is then
   *     loaded once more the next time
   */
  synchronized List<RecordedJob> read(
      String versions, Function<List<String>, List<RunEntity>> load) {
    if (versions.equals(lastVersions)) {
      return lastRuns;
    }
    Map<String, Known> next = new HashMap<>();
    Map<String, String> changed = new HashMap<>();
    versions
        .lines()
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              String runId = line.substring(0, space);
              String version = line.substring(space + 1);
              Known before = known.get(runId);
              if (before != null && before.version().equals(version)) {
                next.put(runId, before);
              } else {
                changed.put(runId, version);
              }
            });
    if (!changed.isEmpty()) {
      for (RunEntity row : load.apply(List.copyOf(changed.keySet()))) {
        String version = changed.get(row.runId);
        if (version != null) {
          next.put(row.runId, new Known(version, RecordedJobs.read(row)));
        }
      }
    }
    List<RecordedJob> runs = new ArrayList<>(next.size());
    next.values().forEach(row -> runs.add(row.run()));
    known = next;
    lastRuns = List.copyOf(runs);
    lastVersions = versions;
    return lastRuns;
  }
}
