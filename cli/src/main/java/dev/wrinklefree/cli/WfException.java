package dev.wrinklefree.cli;

/** Ends a command with one line for the person and a code for the shell. */
public final class WfException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what is wrong and what to do, without a trailing line break
   */
  public WfException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }
}
