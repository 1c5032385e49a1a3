package dev.wrinklefree.audit.finding;

/** What a finding means. */
public enum Severity {
  /** Something that must be there is not. */
  LOST,
  /** Something is there that must not be, or says what cannot be. */
  WRONG,
  /**
   * An event is there again; subscribers see by its id that they know it. Allowed after a crash.
   */
  REPEATED,
  /** Something is not there yet, and is still young enough to come. */
  PENDING
}
