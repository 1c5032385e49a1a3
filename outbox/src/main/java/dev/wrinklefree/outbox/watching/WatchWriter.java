package dev.wrinklefree.outbox.watching;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decides which results are worth a write: changes at once, repetitions now and then. */
final class WatchWriter {

  private final Map<String, Written> lastWritten = new ConcurrentHashMap<>();

  /** What this process wrote last of a watch. */
  private record Written(boolean success, Instant at) {}

  /**
   * Whether this result must be written now; the caller does so, and says {@link #forget} if it
   * could not.
   */
  boolean isDue(Watch watch, boolean success, Instant at) {
    Written now = new Written(success, at);
    return lastWritten.merge(
            watch.name(), now, (last, fresh) -> isWorthAWrite(watch, last, fresh) ? fresh : last)
        == now;
  }

  /** The last result was not written after all: the next one is due. */
  void forget(Watch watch) {
    lastWritten.remove(watch.name());
  }

  private static boolean isWorthAWrite(Watch watch, Written last, Written fresh) {
    return last.success() != fresh.success()
        || !fresh.at().isBefore(last.at().plus(watch.writeGap()));
  }
}
