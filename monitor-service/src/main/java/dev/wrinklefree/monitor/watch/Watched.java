package dev.wrinklefree.monitor.watch;

import dev.wrinklefree.monitor.state.RecordedJob;
import java.time.Instant;
import java.util.List;

/**
 * The runs to look for. A record that was not written since it was last read is the same object.
 *
 * @param runs as they were written; those that every reading shows were seen later than that
 * @param seenTogetherAt when the last reading began that showed all of these as they are recorded
 */
public record Watched(List<RecordedJob> runs, Instant seenTogetherAt) {}
