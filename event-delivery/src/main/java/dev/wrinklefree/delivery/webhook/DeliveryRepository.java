package dev.wrinklefree.delivery.webhook;

import dev.wrinklefree.delivery.structured.StructuredEvent;
import dev.wrinklefree.outbox.AppendedEvent;
import dev.wrinklefree.outbox.OutboxListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The events that are on their way. They are written with the event, by inserts alone: appending
 * waits for no delivery. A lane is what one subscription gets of one run; only its head is claimed.
 */
@ApplicationScoped
class DeliveryRepository implements OutboxListener {

  private static final String ENQUEUE =
      """
      INSERT INTO webhook_delivery
        (subscription_id, run_id, source, event_id, type, body, created_at, next_at)
      SELECT s.id, e.run_id, e.source, e.event_id, e.type, e.body, ?, ?
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          WITH ORDINALITY AS e (run_id, source, event_id, type, body, place)
        JOIN webhook_subscription s ON s.disabled_at IS NULL
          AND (s.run_id IS NULL OR s.run_id = e.run_id)
          AND (s.types IS NULL OR e.type = ANY (s.types))
      ORDER BY e.place, s.id
      """;

  /** Heads are found by jumping through the index from lane to lane, however long each is. */
  private static final String CLAIM =
      """
      WITH RECURSIVE lane AS (
        (SELECT subscription_id, run_id, position FROM webhook_delivery WHERE dead_at IS NULL
          ORDER BY subscription_id, run_id, position LIMIT 1)
        UNION ALL
        SELECT n.subscription_id, n.run_id, n.position FROM lane l CROSS JOIN LATERAL (
          SELECT d.subscription_id, d.run_id, d.position FROM webhook_delivery d
          WHERE d.dead_at IS NULL
            AND (d.subscription_id, d.run_id) > (l.subscription_id, l.run_id)
          ORDER BY d.subscription_id, d.run_id, d.position LIMIT 1) n),
      due AS (
        SELECT d.position, d.next_at, s.host,
          row_number() OVER (PARTITION BY s.host ORDER BY d.next_at, d.position) AS turn
        FROM lane JOIN webhook_delivery d ON d.position = lane.position
          JOIN webhook_subscription s ON s.id = d.subscription_id
        WHERE d.next_at <= ? AND (d.claimed_until IS NULL OR d.claimed_until < ?)
          AND s.disabled_at IS NULL),
      chosen AS (
        SELECT due.position FROM due
          LEFT JOIN unnest(?::text[], ?::int[]) AS busy (host, attempts) ON busy.host = due.host
        WHERE due.turn <= ? - coalesce(busy.attempts, 0)
        ORDER BY due.next_at, due.position LIMIT ?)
      UPDATE webhook_delivery d SET claimed_until = ?
      FROM chosen, webhook_subscription s
      WHERE d.position = chosen.position AND s.id = d.subscription_id
        AND (d.claimed_until IS NULL OR d.claimed_until < ?)
      RETURNING d.position, d.id, d.subscription_id, d.run_id, s.url, s.host, d.body, d.created_at,
        d.tries, s.secret, CASE WHEN s.former_until > ? THEN s.former_secret END AS former_secret
      """;

  private static final String DELIVERED =
      """
      WITH arrived AS (DELETE FROM webhook_delivery WHERE position = ? RETURNING subscription_id)
      UPDATE webhook_subscription SET last_delivered_at = ?
      WHERE id IN (SELECT subscription_id FROM arrived)
      """;

  private static final String FAILED =
      """
      WITH failed AS (
        UPDATE webhook_delivery
        SET tries = ?, next_at = ?, dead_at = ?, last_failure = ?, claimed_until = NULL
        WHERE position = ? RETURNING subscription_id)
      UPDATE webhook_subscription SET last_failed_at = ?, last_failure = ?
      WHERE id IN (SELECT subscription_id FROM failed)
      """;

  private final Sql sql;
  private final TransactionSynchronizationRegistry transaction;
  private final DispatchSignal signal;
  private final Clock clock;

  DeliveryRepository(
      DataSource dataSource,
      TransactionSynchronizationRegistry transaction,
      DispatchSignal signal,
      Clock clock) {
    this.sql = new Sql(dataSource);
    this.transaction = transaction;
    this.signal = signal;
    this.clock = clock;
  }

  @Override
  public void appended(List<AppendedEvent> events) {
    Instant now = clock.instant();
    int receivers =
        sql.update(
            ENQUEUE,
            now,
            now,
            texts(events, event -> event.attributes().runId().value()),
            texts(events, event -> event.attributes().source()),
            texts(events, event -> event.attributes().id()),
            texts(events, event -> event.attributes().type().typeName()),
            texts(events, event -> StructuredEvent.of(event.attributes(), event.data())));
    if (receivers > 0) {
      wakeAfterCommit();
    }
  }

  /**
   * Takes heads of lanes that are due.
   *
   * @param until the end of the lease: after it another process may take them
   * @param atMost how many in all
   * @param perHost how many to one host, those of {@code busy} included
   * @param busy attempts under way, by host
   */
  List<Claim> claim(
      Instant now, Instant until, int atMost, int perHost, Map<String, Integer> busy) {
    String[] hosts = busy.keySet().toArray(String[]::new);
    Integer[] attempts = new Integer[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      attempts[i] = busy.get(hosts[i]);
    }
    return sql.query(
        CLAIM,
        DeliveryRepository::claim,
        now,
        now,
        hosts,
        attempts,
        perHost,
        atMost,
        until,
        now,
        now);
  }

  void delivered(Claim claim, Instant now) {
    sql.update(DELIVERED, claim.position(), now);
  }

  void postponed(Claim claim, Instant now, Instant nextAt, String reason) {
    sql.update(FAILED, claim.tries() + 1, nextAt, null, reason, claim.position(), now, reason);
  }

  void died(Claim claim, Instant now, String reason) {
    sql.update(FAILED, claim.tries() + 1, now, now, reason, claim.position(), now, reason);
  }

  /** Gives up all that waits for a subscription that was disabled. */
  int drop(String subscriptionId, Instant now, String reason) {
    return sql.update(
        """
        UPDATE webhook_delivery SET dead_at = ?, last_failure = coalesce(last_failure, ?),
          claimed_until = NULL
        WHERE subscription_id = ? AND dead_at IS NULL
        """,
        now,
        reason,
        subscriptionId);
  }

  List<DeadLetterView> deadLetters(String subscriptionId, int limit) {
    return sql.query(
        """
        SELECT * FROM webhook_delivery WHERE subscription_id = ? AND dead_at IS NOT NULL
        ORDER BY position DESC LIMIT ?
        """,
        DeliveryRepository::deadLetter,
        subscriptionId,
        limit);
  }

  /**
   * Sends dead letters again, in their former order.
   *
   * @param deliveryId the only one; all if empty
   * @return how many there are
   */
  int redeliver(String subscriptionId, String deliveryId, Instant now) {
    int again =
        sql.update(
            """
            UPDATE webhook_delivery SET dead_at = NULL, tries = 0, next_at = ?, created_at = ?,
              claimed_until = NULL
            WHERE subscription_id = ? AND dead_at IS NOT NULL AND (? = '' OR id = ?)
            """,
            now,
            now,
            subscriptionId,
            deliveryId,
            deliveryId);
    signal.wake();
    return again;
  }

  /** What waits and what was given up, in this order. */
  long[] counts() {
    return sql.query(
            """
            SELECT count(*) FILTER (WHERE dead_at IS NULL) AS pending,
              count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead FROM webhook_delivery
            """,
            row -> new long[] {row.getLong("pending"), row.getLong("dead")})
        .getFirst();
  }

  /** Gives up what was appended while its subscription was being disabled. */
  void dropDisabled(Instant now) {
    sql.update(
        """
        UPDATE webhook_delivery d SET dead_at = ?, last_failure = s.disabled_reason
        FROM webhook_subscription s
        WHERE s.id = d.subscription_id AND s.disabled_at IS NOT NULL AND d.dead_at IS NULL
        """,
        now);
  }

  int forgetDeadLetters(Instant before) {
    return sql.update("DELETE FROM webhook_delivery WHERE dead_at < ?", before);
  }

  private static String[] texts(List<AppendedEvent> events, Function<AppendedEvent, String> text) {
    return events.stream().map(text).toArray(String[]::new);
  }

  private void wakeAfterCommit() {
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // Only the outcome matters.
          }

          @Override
          public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
              signal.wake();
            }
          }
        });
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        row.getLong("position"),
        row.getString("id"),
        row.getString("subscription_id"),
        row.getString("run_id"),
        row.getString("url"),
        row.getString("host"),
        row.getString("body"),
        Sql.requiredInstant(row, "created_at"),
        row.getInt("tries"),
        row.getBytes("secret"),
        row.getBytes("former_secret"));
  }

  private static DeadLetterView deadLetter(ResultSet row) throws SQLException {
    return new DeadLetterView(
        row.getString("id"),
        row.getString("source"),
        row.getString("event_id"),
        row.getString("type"),
        row.getString("run_id"),
        Sql.requiredInstant(row, "created_at"),
        Sql.requiredInstant(row, "dead_at"),
        row.getInt("tries"),
        row.getString("last_failure"));
  }
}
