package dev.wrinklefree.testkit.access;

import java.util.Locale;

/** The static tokens that every service under test knows, one for each role. */
public enum TestToken {
  /** Reads. */
  VIEWER,
  /** Reads, launches, cancels its own. */
  LAUNCHER,
  /** Does everything; RestAssured sends it where a test says nothing else. */
  ADMIN;

  /** What is sent. */
  public String token() {
    return principal() + "-token";
  }

  /** Whose it is. */
  public String principal() {
    return "test-" + name().toLowerCase(Locale.ROOT);
  }
}
