package dev.wrinklefree.launch.ownership;

import dev.wrinklefree.launch.run.RequestDigest;
import dev.wrinklefree.outbox.intake.IncomingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Finds out who sent an event. What the event itself claims is believed of nobody. */
public final class Requesters {

  private final RestRequestRepository restRequests;
  private final OwnershipConfig config;

  /** Finds them in that memory, and believes what is configured. */
  public Requesters(RestRequestRepository restRequests, OwnershipConfig config) {
    this.restRequests = restRequests;
    this.config = config;
  }

  /**
   * Who sent an event: as this service remembers it, or as the configured header says. Belongs into
   * a transaction.
   */
  public Optional<Requester> of(IncomingEvent event, Headers headers) {
    if (event.attributes().source().equals(RestRequest.SOURCE)) {
      return restRequests.requesterOf(
          new RestRequest(
              event.attributes().id(),
              event.attributes().runId(),
              RequestDigest.of(event.raw().data())));
    }
    return config.principalHeader().flatMap(name -> stamped(headers.lastHeader(name)));
  }

  private Optional<Requester> stamped(@Nullable Header header) {
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    String principal = new String(header.value(), StandardCharsets.UTF_8).strip();
    Set<String> admins = config.kafkaAdmins().orElse(Set.of());
    return principal.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requester(principal, admins.contains(principal)));
  }
}
