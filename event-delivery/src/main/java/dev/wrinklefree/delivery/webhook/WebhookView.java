package dev.wrinklefree.delivery.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner sees it.
 *
 * @param types the only types that it gets; absent means all
 * @param disabledAt when the receiver said that it wants no more
 * @param pending events on their way to it
 * @param deadLetters events that were given up
 * @param lastFailure what the last attempt that failed brought
 * @param secret only in the answer to its creation
 */
public record WebhookView(
    String id,
    String url,
    @Nullable String runId,
    @Nullable List<String> types,
    @Nullable String description,
    String owner,
    Instant createdAt,
    @Nullable Instant disabledAt,
    @Nullable String disabledReason,
    long pending,
    long deadLetters,
    @Nullable Instant lastDeliveredAt,
    @Nullable Instant lastFailedAt,
    @Nullable String lastFailure,
    @Nullable String secret) {

  /** The same with its secret, for the one time that it is shown. */
  WebhookView withSecret(WebhookSecret shown) {
    return new WebhookView(
        id,
        url,
        runId,
        types,
        description,
        owner,
        createdAt,
        disabledAt,
        disabledReason,
        pending,
        deadLetters,
        lastDeliveredAt,
        lastFailedAt,
        lastFailure,
        shown.text());
  }

  @Override
  public String toString() {
    return "webhook " + id;
  }
}
