package dev.wrinklefree.skypilot.logs;

/** What a log stream brings, once control lines are read. */
sealed interface LogItem {

  /** A line without its end, control payloads and colour codes. */
  record Line(String text) implements LogItem {}

  /** The server was interrupted: the stream is to be opened anew. */
  record Retry() implements LogItem {}
}
