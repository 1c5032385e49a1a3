package dev.wrinklefree.bench.figure;

/** What a figure counts. */
public enum Unit {
  /** Seconds. */
  SECONDS("s"),
  /** Milliseconds. */
  MILLISECONDS("ms"),
  /** Microseconds. */
  MICROSECONDS("µs"),
  /** Times per second: more is better, of all others less. */
  PER_SECOND("/s"),
  /** 1,048,576 bytes. */
  MEBIBYTES("MiB"),
  /** Bytes. */
  BYTES("B"),
  /** Things that are counted, such as requests. */
  COUNT("");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /** As it stands behind a number; empty for what is counted. */
  public String symbol() {
    return symbol;
  }
}
