package dev.wrinklefree.delivery.stream;

/** What a window has for a cursor. */
sealed interface Look {

  /** The next event; the cursor is behind it now. */
  record Found(StreamedEvent event) implements Look {}

  /** The window no longer has what comes next: it must be read from the broker. */
  record Behind(int partition, long offset) implements Look {}

  /** There is nothing more yet. */
  record AtEnd() implements Look {}

  /** The window does not know the topic yet, or lost its place in it. */
  record Closed() implements Look {}
}
