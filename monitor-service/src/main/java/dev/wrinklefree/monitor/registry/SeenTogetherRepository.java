package dev.wrinklefree.monitor.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * The one row that says when the last reading began that showed all jobs as they are recorded, and
 * the rows of these. A round without news needs no more of the database: one statement before and
 * one after, each its own transaction, and without the objects that Hibernate makes for either.
 */
@ApplicationScoped
class SeenTogetherRepository {

  /** Where a row is and which transaction wrote it tell each of its versions from all others. */
  private static final String VERSIONS =
      """
      select (select read_at from seen_together),
             coalesce(string_agg(run_id || ' ' || ctid || ' ' || xmin, E'\\n'), '')
        from run
       where watch_until is null or watch_until > ?
          or missed_since is not null or doubted_since is not null
      """;

  private static final String SEEN_TOGETHER =
      "update seen_together set read_at = ? where read_at < ?";

  private final DataSource dataSource;
  private final EntityManager entities;

  SeenTogetherRepository(DataSource dataSource, EntityManager entities) {
    this.dataSource = dataSource;
    this.entities = entities;
  }

  /**
   * Which rows are watched.
   *
   * @param seenTogetherAt when that reading began
   * @param lines one for each row, as {@link KnownRows#read} takes them
   */
  record Versions(Instant seenTogetherAt, String lines) {}

  Versions versions(Instant now) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(VERSIONS)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Versions(row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the watched runs cannot be read", e);
    }
  }

  /** When that reading began, as the transaction sees it. */
  Instant readAt() {
    return readAt("select read_at from seen_together");
  }

  /**
   * The same, which then stands until the transaction ends. To be called before a run is locked, as
   * by everything that locks both.
   */
  Instant heldReadAt() {
    return readAt("select read_at from seen_together for share");
  }

  private Instant readAt(String query) {
    return (Instant) entities.createNativeQuery(query, Instant.class).getSingleResult();
  }

  /** Moves on to a later reading; an earlier one changes nothing. */
  void moveTo(Instant readAt) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(SEEN_TOGETHER)) {
      statement.setObject(1, readAt.atOffset(ZoneOffset.UTC));
      statement.setObject(2, readAt.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the reading cannot be noted", e);
    }
  }
}
