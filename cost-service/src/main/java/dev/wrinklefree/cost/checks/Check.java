package dev.wrinklefree.cost.checks;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name stable name in kebab-case
 * @param status whether it is as it should be
 * @param detail what is seen
 * @param advice what to do; absent where nothing is
 */
public record Check(String name, Status status, String detail, @Nullable String advice) {

  /** Whether something is as it should be. */
  public enum Status {
    /** It is. */
    OK("ok"),
    /** It is not. */
    FAILED("failed"),
    /** Nothing tells. */
    UNKNOWN("unknown");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
