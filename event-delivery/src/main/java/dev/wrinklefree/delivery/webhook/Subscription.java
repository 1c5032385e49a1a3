package dev.wrinklefree.delivery.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wants events at an address, as it was created.
 *
 * @param id names it
 * @param owner the principal who created it
 * @param url where events go
 * @param runId the only run; all if absent
 * @param types the only CloudEvents types; all if empty
 * @param description the owner's own words
 */
record Subscription(
    String id,
    String owner,
    TargetUrl url,
    @Nullable String runId,
    List<String> types,
    @Nullable String description,
    Instant createdAt) {

  /** Copies the list. */
  Subscription {
    types = List.copyOf(types);
  }
}
