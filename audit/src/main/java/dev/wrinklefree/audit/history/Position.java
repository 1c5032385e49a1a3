package dev.wrinklefree.audit.history;

/**
 * Where a record is.
 *
 * @param topic name on the broker
 * @param partition from 0
 * @param offset from 0
 */
public record Position(String topic, int partition, long offset) {

  private static final int PARTS = 3;

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static Position parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == PARTS && !parts[0].isEmpty()) {
        return new Position(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("\"" + text + "\" is no TOPIC/PARTITION/OFFSET");
  }

  /** For example {@code job-state/3/1042}. */
  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
