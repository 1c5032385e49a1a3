package dev.wrinklefree.delivery.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was given up.
 *
 * @param deliveryId the {@code webhook-id} header that it was sent under
 * @param eventId the CloudEvents id; unique within {@code source}
 * @param createdAt when it was told
 * @param deadAt when it was given up
 * @param tries how often it was sent
 * @param reason what the last attempt brought
 */
public record DeadLetterView(
    String deliveryId,
    String source,
    String eventId,
    String type,
    String runId,
    Instant createdAt,
    Instant deadAt,
    int tries,
    @Nullable String reason) {}
