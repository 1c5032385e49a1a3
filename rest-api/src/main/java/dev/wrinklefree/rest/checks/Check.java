package dev.wrinklefree.rest.checks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a service needs from outside, as {@code GET /checks} tells it.
 *
 * @param name of what, stable
 * @param status how it went
 * @param detail what was found
 * @param advice what to do; absent where all is well
 */
public record Check(String name, Status status, String detail, @Nullable String advice) {

  /** How it went. */
  public enum Status {
    /** All is well. */
    OK,
    /** It does not work. */
    FAILED,
    /** It cannot be told. */
    UNKNOWN;

    /** The word on the wire. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All is well. */
  public static Check ok(String name, String detail) {
    return new Check(name, Status.OK, detail, null);
  }

  /** It does not work. */
  public static Check failed(String name, String detail, String advice) {
    return new Check(name, Status.FAILED, detail, advice);
  }

  /** It cannot be told. */
  public static Check unknown(String name, String detail, String advice) {
    return new Check(name, Status.UNKNOWN, detail, advice);
  }
}
