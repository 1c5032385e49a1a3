package dev.wrinklefree.audit.rule;

/** Whether an event of the platform was seen before, by (source, id). */
public enum Sighting {
  /** It was not. */
  FIRST,
  /** It was, and is the same in all that it says. */
  REPEAT,
  /** Its identity was seen with other attributes or another body. */
  CLASH
}
