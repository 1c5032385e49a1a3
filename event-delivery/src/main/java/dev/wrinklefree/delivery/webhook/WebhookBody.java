package dev.wrinklefree.delivery.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What creates a webhook.
 *
 * @param url where events go: https or http
 * @param runId the only run; absent means all
 * @param types the only CloudEvents types; absent means all
 * @param description up to 200 characters for people
 * @param secret {@code whsec_…}; absent means that one is made and shown once
 */
public record WebhookBody(
    @Nullable String url,
    @Nullable String runId,
    @Nullable List<String> types,
    @Nullable String description,
    @Nullable String secret) {

  @Override
  public String toString() {
    return "webhook body";
  }
}
