package dev.wrinklefree.sandbox.skypilot;

/** The server that the stand-in speaks like. */
final class ApiVersion {

  /** SkyPilot 0.13.0. */
  static final String RELEASE = "0.13.0";

  /** API number of that release. */
  static final int NUMBER = 55;

  /** Clients below (0.11.0) are refused. */
  static final int OLDEST_CLIENT = 24;

  /** Commit whose behaviour was copied. */
  static final String COMMIT = "7f64c9f05131cc057379f5b25c6b96ffeb275bed";

  static final String NUMBER_HEADER = "X-SkyPilot-API-Version";
  static final String RELEASE_HEADER = "X-SkyPilot-Version";

  private ApiVersion() {}
}
