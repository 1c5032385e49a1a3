package dev.wrinklefree.delivery.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The webhooks. */
@ApplicationScoped
class SubscriptionRepository {

  private static final String VIEW =
      """
      SELECT s.*,
        (SELECT count(*) FROM webhook_delivery d
          WHERE d.subscription_id = s.id AND d.dead_at IS NULL) AS pending,
        (SELECT count(*) FROM webhook_delivery d
          WHERE d.subscription_id = s.id AND d.dead_at IS NOT NULL) AS dead
      FROM webhook_subscription s
      """;

  private final Sql sql;

  SubscriptionRepository(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  void add(Subscription subscription, byte[] secret) {
    sql.update(
        """
        INSERT INTO webhook_subscription
          (id, owner, url, host, run_id, types, description, secret, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        subscription.id(),
        subscription.owner(),
        subscription.url().uri().toString(),
        subscription.url().host(),
        subscription.runId(),
        subscription.types().isEmpty() ? null : subscription.types().toArray(String[]::new),
        subscription.description(),
        secret,
        subscription.createdAt());
  }

  int countOf(String owner) {
    return sql.query(
            "SELECT count(*) AS n FROM webhook_subscription WHERE owner = ?",
            row -> row.getInt("n"),
            owner)
        .getFirst();
  }

  Optional<WebhookView> find(String id) {
    return sql.query(VIEW + " WHERE s.id = ?", SubscriptionRepository::view, id).stream()
        .findFirst();
  }

  /**
   * The newest.
   *
   * @param owner the only one; all if absent
   * @param runId the only run; all if absent
   */
  List<WebhookView> newest(@Nullable String owner, @Nullable String runId, int limit) {
    return sql.query(
        VIEW
            + """
               WHERE (?::text IS NULL OR s.owner = ?) AND (?::text IS NULL OR s.run_id = ?)
              ORDER BY s.created_at DESC, s.id LIMIT ?
              """,
        SubscriptionRepository::view,
        owner,
        owner,
        runId,
        runId,
        limit);
  }

  byte[] secret(String id) {
    return sql.query(
            "SELECT secret FROM webhook_subscription WHERE id = ?",
            row -> row.getBytes("secret"),
            id)
        .getFirst();
  }

  /** Gives it another secret; the present one signs as well until then. */
  void rotate(String id, byte[] secret, Instant formerUntil) {
    sql.update(
        """
        UPDATE webhook_subscription SET former_secret = secret, former_until = ?, secret = ?
        WHERE id = ?
        """,
        formerUntil,
        secret,
        id);
  }

  void disable(String id, Instant now, String reason) {
    sql.update(
        """
        UPDATE webhook_subscription SET disabled_at = ?, disabled_reason = ?
        WHERE id = ? AND disabled_at IS NULL
        """,
        now,
        reason,
        id);
  }

  void delete(String id) {
    sql.update("DELETE FROM webhook_subscription WHERE id = ?", id);
  }

  /** Ends those of one run that nothing happened to since then and that have no open ends. */
  int endIdle(Instant before) {
    return sql.update(
        """
        DELETE FROM webhook_subscription s
        WHERE s.run_id IS NOT NULL AND coalesce(s.last_delivered_at, s.created_at) < ?
          AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.subscription_id = s.id)
        """,
        before);
  }

  private static WebhookView view(ResultSet row) throws SQLException {
    Array types = row.getArray("types");
    return new WebhookView(
        row.getString("id"),
        row.getString("url"),
        row.getString("run_id"),
        types == null ? null : List.of((String[]) types.getArray()),
        row.getString("description"),
        row.getString("owner"),
        Sql.requiredInstant(row, "created_at"),
        Sql.instant(row, "disabled_at"),
        row.getString("disabled_reason"),
        row.getLong("pending"),
        row.getLong("dead"),
        Sql.instant(row, "last_delivered_at"),
        Sql.instant(row, "last_failed_at"),
        row.getString("last_failure"),
        null);
  }
}
