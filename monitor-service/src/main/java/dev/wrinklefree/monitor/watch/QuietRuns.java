package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.monitor.observation.Observation;
import dev.wrinklefree.monitor.state.Finding;
import dev.wrinklefree.monitor.state.RecordedJob;
import dev.wrinklefree.monitor.state.Recovery;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The runs of which the last round found nothing new, with the row that brought it to that: where
 * record and row are still those, so is what follows, whenever they are read. Nothing is lost with
 * it. Thread-safe.
 */
final class QuietRuns {

  private record Quiet(RecordedJob run, JobRecord row) {

    // Mostly they are the same objects, which is all that Objects.equals then looks at.
    boolean isStill(RecordedJob newRun, @Nullable JobRecord newRow) {
      return Objects.equals(run, newRun) && Objects.equals(row, newRow);
    }
  }

  private Map<RunId, Quiet> last = new HashMap<>();

  /** The runs that are to be looked at more closely; those of the last round are over with this. */
  synchronized List<RecordedJob> without(List<RecordedJob> runs, Observation observation) {
    Map<RunId, Quiet> still = HashMap.newHashMap(runs.size());
    List<RecordedJob> stirring = new ArrayList<>();
    for (RecordedJob run : runs) {
      Quiet quiet = last.get(run.runId());
      if (quiet != null && quiet.isStill(run, observation.row(quiet.row().jobId()))) {
        still.put(run.runId(), quiet);
      } else {
        stirring.add(run);
      }
    }
    last = still;
    return stirring;
  }

  /** The runs that are remembered. */
  synchronized List<RunId> runIds() {
    return List.copyOf(last.keySet());
  }

  /** Whether none is remembered. */
  synchronized boolean isEmpty() {
    return last.isEmpty();
  }

  /**
   * Remembers a run whose finding changed nothing, where that is all that the round did for it.
   *
   * @param run as it was read, without what is noted of all runs together
   */
  synchronized void add(RecordedJob run, Finding finding) {
    if (finding instanceof Finding.Seen seen
        && run.confirmed()
        && run.isSteady()
        && !Recovery.placementIsWanted(run, seen.row())) {
      last.put(run.runId(), new Quiet(run, seen.row()));
    }
  }
}
