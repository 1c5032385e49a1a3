package dev.wrinklefree.audit.kafka;

/** Is told how far the reading is; called from the reading thread. */
@FunctionalInterface
public interface ReadProgress {

  /** Tells nobody. */
  ReadProgress SILENT = (topic, read, total) -> {};

  /**
   * So far.
   *
   * @param topic the topic that is being read
   * @param read offsets passed, over all topics
   * @param total offsets to pass, over all topics
   */
  void reached(String topic, long read, long total);
}
