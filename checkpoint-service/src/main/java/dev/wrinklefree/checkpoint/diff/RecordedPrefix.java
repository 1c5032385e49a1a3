package dev.wrinklefree.checkpoint.diff;

import java.time.Instant;
import java.util.Map;

/**
 * What was recorded of a run's prefix after its last listing.
 *
 * @param seen the checkpoint members that were there, by object name
 * @param published the last revision of each checkpoint that was published, by slot name; kept when
 *     its objects are deleted
 */
public record RecordedPrefix(Map<String, Seen> seen, Map<String, Published> published) {

  /** Copies both maps. */
  public RecordedPrefix {
    seen = Map.copyOf(seen);
    published = Map.copyOf(published);
  }

  /** Of a run that was never listed. */
  public static RecordedPrefix empty() {
    return new RecordedPrefix(Map.of(), Map.of());
  }

  /**
   * An object as of the last listing.
   *
   * @param generation Google's generation number
   * @param since when we first saw this generation, by our clock
   */
  public record Seen(long generation, Instant since) {}

  /**
   * A revision that was published.
   *
   * @param revision from 1
   * @param generations of its objects, by object name
   */
  public record Published(int revision, Map<String, Long> generations) {

    /** Copies the map. */
    public Published {
      generations = Map.copyOf(generations);
    }
  }
}
