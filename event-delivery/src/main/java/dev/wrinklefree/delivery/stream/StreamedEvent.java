package dev.wrinklefree.delivery.stream;

/**
 * An event of a topic in the form in which it is streamed.
 *
 * @param partition where it is
 * @param offset where it is
 * @param run the id of its run
 * @param type its CloudEvents type
 * @param json the whole event in structured mode
 */
record StreamedEvent(int partition, long offset, String run, String type, String json) {

  /** What it holds of memory, in bytes, with what the heap adds. */
  int weight() {
    return 2 * json.length() + 256;
  }
}
