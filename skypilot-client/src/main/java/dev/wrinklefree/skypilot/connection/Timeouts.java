package dev.wrinklefree.skypilot.connection;

import java.time.Duration;

/**
 * How long the client waits. All are positive.
 *
 * @param connect for a TCP (and TLS) connection
 * @param submit for the reply to a submit, which the server gives at once; longer than {@code
 *     connect}, so that a connection that never stood is not taken for a lost answer
 * @param poll for one long-poll of a result; it is issued again when it ends without an answer
 * @param deadline for a whole request, from its first poll; then the request is cancelled
 * @param silence without a byte on a log stream; the server sends a heartbeat every 30 s
 */
public record Timeouts(
    Duration connect, Duration submit, Duration poll, Duration deadline, Duration silence) {

  /** Connect 5 s as SkyPilot's own client; the rest bounds what that client leaves unlimited. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofSeconds(75));

  public Timeouts {
    requirePositive(connect, "connect");
    requirePositive(submit, "submit");
    requirePositive(poll, "poll");
    requirePositive(deadline, "deadline");
    requirePositive(silence, "silence");
    if (submit.compareTo(connect) <= 0) {
      throw new IllegalArgumentException("submit timeout must be longer than the connect timeout");
    }
  }

  /** The same with another long-poll read timeout. */
  public Timeouts withPoll(Duration value) {
    return new Timeouts(connect, submit, value, deadline, silence);
  }

  /** The same with another overall request deadline. */
  public Timeouts withDeadline(Duration value) {
    return new Timeouts(connect, submit, poll, value, silence);
  }

  /** The same with another connect timeout. */
  public Timeouts withConnect(Duration value) {
    return new Timeouts(value, submit, poll, deadline, silence);
  }

  /** The same with another submit timeout. */
  public Timeouts withSubmit(Duration value) {
    return new Timeouts(connect, value, poll, deadline, silence);
  }

  /** The same with another bound on a log stream's silence. */
  public Timeouts withSilence(Duration value) {
    return new Timeouts(connect, submit, poll, deadline, value);
  }

  private static void requirePositive(Duration value, String name) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " timeout must be positive");
    }
  }
}
