package dev.wrinklefree.launch.validation;

/** Sizes that a request is held to, each far above any use and far below any harm. */
final class Limits {

  /** A name for people. */
  static final int NAME = 63;

  /** A command line of more arguments is a mistake. */
  static final int OVERRIDES = 200;

  /** One argument; Linux allows 128 KiB. */
  static final int OVERRIDE = 4096;

  /** All arguments together: they must fit into the answering event, at four bytes a character. */
  static final int OVERRIDES_TOTAL = 32 * 1024;

  /** Variables of one task. */
  static final int VARIABLES = 100;

  /** Name of a variable. */
  static final int VARIABLE_NAME = 128;

  /** Value of a variable; Linux allows 128 KiB for name and value. */
  static final int VARIABLE_VALUE = 16 * 1024;

  /** Candidates of one request. */
  static final int CLOUDS = 20;

  /** Google Cloud takes 64 labels, of which SkyPilot and the platform need some. */
  static final int LABELS = 32;

  /** Who answers for the run. */
  static final int OWNER = 256;

  /** Secrets of one request. */
  static final int SECRETS = 20;

  /** Values of one template. */
  static final int PARAMETERS = 100;

  /** All their characters together: they must fit into the answering event, as overrides must. */
  static final int PARAMETERS_TOTAL = 8 * 1024;

  /** Bytes of a task that a request brings; four of them fit into an event. */
  static final int TASK = 64 * 1024;

  private Limits() {}
}
