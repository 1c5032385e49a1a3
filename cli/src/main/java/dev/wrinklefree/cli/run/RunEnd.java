package dev.wrinklefree.cli.run;

import dev.wrinklefree.cli.ExitCode;

/** How a run ended. */
public sealed interface RunEnd {

  /** The exit code that {@code --no-detach} gives it. */
  int exitCode();

  /** One sentence for people. */
  String sentence();

  /** The job ended well. */
  record Succeeded() implements RunEnd {
    @Override
    public int exitCode() {
      return ExitCode.OK;
    }

    @Override
    public String sentence() {
      return "The run succeeded.";
    }
  }

  /**
   * Somebody cancelled it.
   *
   * @param why as told, may be empty
   */
  record Cancelled(String why) implements RunEnd {
    @Override
    public int exitCode() {
      return ExitCode.RUN_CANCELLED;
    }

    @Override
    public String sentence() {
      return "The run was cancelled" + (why.isEmpty() ? "." : ": " + why);
    }
  }

  /**
   * It failed.
   *
   * @param why as told, may be empty
   */
  record Failed(String why) implements RunEnd {
    @Override
    public int exitCode() {
      return ExitCode.RUN_FAILED;
    }

    @Override
    public String sentence() {
      return "The run failed" + (why.isEmpty() ? "." : ": " + why);
    }
  }
}
