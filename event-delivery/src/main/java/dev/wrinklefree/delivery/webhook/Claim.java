package dev.wrinklefree.delivery.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this process has in hand, and nobody else until the lease ends.
 *
 * @param position its place among all
 * @param id the {@code webhook-id} header, the same at each attempt
 * @param tries how often it was sent before
 * @param secret as encrypted
 * @param formerSecret as encrypted, where it still signs
 */
record Claim(
    long position,
    String id,
    String subscriptionId,
    String runId,
    String url,
    String host,
    String body,
    Instant createdAt,
    int tries,
    byte[] secret,
    byte @Nullable [] formerSecret) {

  @Override
  public String toString() {
    return "delivery " + id;
  }
}
