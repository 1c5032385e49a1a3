package dev.wrinklefree.sandbox.pubsub;

import java.time.Duration;

/**
 * How messages travel. Pub/Sub promises that each arrives at least once, at any time and in any
 * order; this says how far a test wants to go.
 *
 * @param copies how often each message is delivered, each time as a message of its own; 0 loses all
 * @param shuffled whether a pull takes messages at random instead of the oldest first
 * @param delay between publication and the first moment at which a pull can get the message
 */
public record Delivery(int copies, boolean shuffled, Duration delay) {

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public Delivery {
    if (copies < 0 || delay.isNegative()) {
      throw new IllegalArgumentException("copies and delay must not be negative");
    }
  }

  /** Each message once, in order, at once. */
  public static Delivery prompt() {
    return new Delivery(1, false, Duration.ZERO);
  }

  /** No message arrives. */
  public static Delivery lossy() {
    return new Delivery(0, false, Duration.ZERO);
  }
}
