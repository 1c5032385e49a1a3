package dev.wrinklefree.launch.header;

import java.util.Locale;

/** What a parameter's text must be. */
public enum ParameterType {
  /** Any text, of a pattern where the header has one. */
  STRING,
  /** Decimal digits with an optional sign. */
  INTEGER,
  /** A decimal number, with an optional exponent. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** One of a list of words. */
  CHOICE;

  /** The word in a header and on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
