package dev.wrinklefree.cli.check;

import dev.wrinklefree.cli.WfException;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param where who looked, or what was asked: a service, {@code kafka} or {@code you}
 * @param name what was looked at
 * @param status how it is
 * @param detail what was seen; may be empty
 * @param advice what to do; empty where nothing is to be done
 */
public record Finding(String where, String name, Status status, String detail, String advice) {

  /** How it is. */
  public enum Status {
    /** As it should be. */
    OK,
    /** It keeps runs from being launched or followed. */
    FAILED,
    /** It could not be looked at, or is no use here. */
    UNKNOWN;

    /** The word of the services' own checks; {@code UNKNOWN} for one of a newer service. */
    public static Status of(String word) {
      return switch (word) {
        case "ok" -> OK;
        case "failed" -> FAILED;
        default -> UNKNOWN;
      };
    }

    /** The word to print. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All is well. */
  public static Finding ok(String where, String name, String detail) {
    return new Finding(where, name, Status.OK, detail, "");
  }

  /** It is not. */
  public static Finding failed(String where, String name, String detail, String advice) {
    return new Finding(where, name, Status.FAILED, detail, advice);
  }

  /** Nobody can say. */
  public static Finding unknown(String where, String name, String detail, String advice) {
    return new Finding(where, name, Status.UNKNOWN, detail, advice);
  }

  /** What went wrong while it was looked at. */
  public static Finding failed(String where, String name, WfException e) {
    return failed(where, name, String.valueOf(e.getMessage()), "");
  }
}
