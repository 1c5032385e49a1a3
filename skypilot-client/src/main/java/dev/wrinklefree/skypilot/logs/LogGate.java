package dev.wrinklefree.skypilot.logs;

/**
 * Asked each time before a log is opened, also before it is opened again: a job's number alone does
 * not say that the log is still the one that was meant.
 */
@FunctionalInterface
public interface LogGate {

  /** Lets every log be opened. */
  LogGate OPEN = () -> {};

  /**
   * Returns if the log may be opened. Any exception but a retryable one ends the stream.
   *
   * @throws dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable if that cannot be said
   *     now; a stream that is opened again asks again, as often as it tries to open
   */
  void check();
}
