package dev.wrinklefree.cli.output;

/** How a command prints its result. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For programs: one JSON document on standard output, as the services gave it. */
  JSON
}
