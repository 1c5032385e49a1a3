package dev.wrinklefree.audit.history;

/**
 * Where a record is.
 *
 * @param topic name on the broker
 * @param partition from 0
 * @param offset from 0
 */
public record Position(String topic, int partition, long offset) {

  /** For example {@code job-state/3/1042}. */
  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
