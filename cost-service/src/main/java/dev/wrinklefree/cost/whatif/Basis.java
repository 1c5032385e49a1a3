package dev.wrinklefree.cost.whatif;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a comparison is of. */
public enum Basis {
  /** All of a run that has not begun. */
  WHOLE("whole"),
  /** What a run still needs. */
  REMAINING("remaining"),
  /** What a run that has ended needed. */
  PAST("past");

  private final String word;

  Basis(String word) {
    this.word = word;
  }

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return word;
  }
}
