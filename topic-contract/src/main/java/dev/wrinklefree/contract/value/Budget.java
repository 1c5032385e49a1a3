package dev.wrinklefree.contract.value;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The most that a run may cost, and what happens when it is reached.
 *
 * @param limit total money for the run, over all attempts
 * @param action what to do when {@code limit} is passed
 */
public record Budget(Money limit, Action action) {

  /** What happens when the budget is passed. */
  public enum Action {
    /** Tell it, and let the run go on. */
    ALERT("alert"),
    /** Cancel after the next complete checkpoint, so that no work is lost. */
    CANCEL_AT_CHECKPOINT("cancel-at-checkpoint"),
    /** Cancel at once. */
    CANCEL("cancel");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
