package dev.wrinklefree.cli;

/** What wf tells the shell; the README lists them. */
public final class ExitCode {

  /** It worked; with {@code --no-detach}: the run succeeded. */
  public static final int OK = 0;

  /** Something that should not happen did; the message says what. */
  public static final int UNEXPECTED = 1;

  /** The command line is wrong: an unknown flag, a missing option. */
  public static final int USAGE = 2;

  /** The request is wrong: an unknown model, a bad override. Nothing was started. */
  public static final int REJECTED = 3;

  /** There is no such run, or nothing of it to show yet. */
  public static final int NOT_FOUND = 4;

  /** A service cannot be reached, or is not well. */
  public static final int UNREACHABLE = 5;

  /** A name stands for several live runs. */
  public static final int AMBIGUOUS = 6;

  /** Not allowed: no valid token, a role that is too small, or a run of somebody else. */
  public static final int DENIED = 7;

  /** {@code --no-detach}: the run failed. */
  public static final int RUN_FAILED = 10;

  /** {@code --no-detach}: the run was cancelled. */
  public static final int RUN_CANCELLED = 11;

  /** {@code wf audit}: something is lost or wrong. */
  public static final int PROMISE_BROKEN = 12;

  /** {@code wf check}: something that runs need has failed. */
  public static final int CHECK_FAILED = 13;

  private ExitCode() {}
}
