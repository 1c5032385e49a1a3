package dev.wrinklefree.launch.ownership;

import dev.wrinklefree.contract.topic.Topic;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Who made which request by HTTP. It is remembered before the event is published, and believed of
 * the event that asks for just that: whoever writes an event that looks the same has either
 * repeated the request, or asks for something else and is nobody.
 */
@ApplicationScoped
public class RestRequestRepository implements PanacheRepositoryBase<RestRequestEntity, String> {

  /**
   * Remembers a request. Belongs into a transaction.
   *
   * @return whether it is the first with its event id, or the same again; if not, nothing changes
   */
  public boolean remember(RestRequest request, Requester requester, Instant now) {
    // No event can be read any more when its topic has dropped it.
    delete("requestedAt < ?1", now.minus(Topic.LAUNCH_REQUESTED.retention()));
    getEntityManager()
        .createNativeQuery(
            "insert into rest_request (event_id, run_id, digest, principal, admin, requested_at)"
                + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (event_id) do nothing")
        .setParameter(1, request.eventId())
        .setParameter(2, request.runId().value())
        .setParameter(3, request.digest())
        .setParameter(4, requester.principal())
        .setParameter(5, requester.admin())
        .setParameter(6, now)
        .executeUpdate();
    return requesterOf(request).isPresent();
  }

  /** Who made a request; empty if it was not made here. Belongs into a transaction. */
  public Optional<Requester> requesterOf(RestRequest request) {
    return findByIdOptional(request.eventId())
        .filter(row -> row.runId.equals(request.runId().value()))
        .filter(row -> row.digest.equals(request.digest()))
        .map(row -> new Requester(row.principal, row.admin));
  }
}
