package dev.wrinklefree.checkpoint.check;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one question.
 *
 * @param name what was asked, for people and stable
 * @param status how it went
 * @param detail one line: what was seen, and how
 * @param advice one line: what to do; absent where there is nothing to do
 */
public record Check(String name, Status status, String detail, @Nullable String advice) {

  /** How it went. */
  public enum Status {
    /** As it should be. */
    OK,
    /** Not as it should be. */
    FAILED,
    /** There was no answer, or none that says it. */
    UNKNOWN;

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
