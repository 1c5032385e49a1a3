package dev.wrinklefree.cli.output;

import java.util.Locale;

/** How a command prints its result. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For programs: one JSON document on standard output, as the services gave it. */
  JSON;

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
