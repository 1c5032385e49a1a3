package dev.wrinklefree.audit.history;

/**
 * Which records of a partition are read.
 *
 * @param topic name on the broker
 * @param partition from 0
 * @param begin first offset that the broker still has
 * @param end first offset that is not read
 */
public record Extent(String topic, int partition, long begin, long end) {

  /** Whether the broker has deleted older records, by retention or on request. */
  public boolean isTruncated() {
    return begin > 0;
  }
}
