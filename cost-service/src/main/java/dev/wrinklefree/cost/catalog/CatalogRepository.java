package dev.wrinklefree.cost.catalog;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.catalog.Screened.Refused;
import dev.wrinklefree.cost.database.Rows;
import dev.wrinklefree.cost.pricing.PriceRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue said when it was last read, in PostgreSQL: all replicas use the same prices.
 */
@ApplicationScoped
public class CatalogRepository {

  private static final String CURRENCY = "USD";
  private static final int MOST_CHARACTERS = 500;

  private static final String ADD =
      """
      INSERT INTO cost_catalog_price (position, cloud, region, instance_type, accelerator, accelerator_count,
        spot, per_hour, source, as_of, refused_rule, refused_reason)
      VALUES (:position, :cloud, :region, :type, :accelerator, :count, :spot, :perHour, :source, :asOf, :rule, :reason)
      """;

  private static final String SUCCEEDED =
      """
      UPDATE cost_catalog_reading SET read_at = :at, unreadable = :unreadable, failed_at = NULL, failure = NULL
      """;

  private static final String FAILED =
      "UPDATE cost_catalog_reading SET failed_at = :at, failure = :failure";

  private static final String READING =
      "SELECT read_at, unreadable, failed_at, failure FROM cost_catalog_reading";

  private static final String ALL = "SELECT * FROM cost_catalog_price ORDER BY position";

  private final EntityManager entities;

  /** Prices in the database of {@code entities}. */
  public CatalogRepository(EntityManager entities) {
    this.entities = entities;
  }

  /** Puts a new reading in the place of the one before. */
  @Transactional
  public void keep(Screened screened, int unreadable, Instant at) {
    entities.createNativeQuery("DELETE FROM cost_catalog_price").executeUpdate();
    int position = 0;
    for (PriceRow row : screened.believed()) {
      add(position++, row, null, null);
    }
    for (Refused no : screened.refused()) {
      add(position++, no.row(), no.rule().name(), no.reason());
    }
    entities
        .createNativeQuery(SUCCEEDED)
        .setParameter("at", at)
        .setParameter("unreadable", unreadable)
        .executeUpdate();
  }

  /** Writes down that a reading failed; the prices of the one before stay. */
  @Transactional
  public void failed(String failure, Instant at) {
    entities
        .createNativeQuery(FAILED)
        .setParameter("at", at)
        .setParameter("failure", failure.substring(0, Math.min(failure.length(), MOST_CHARACTERS)))
        .executeUpdate();
  }

  /** How the last readings went. */
  @Transactional
  public CatalogReading reading() {
    return query(
            READING,
            row ->
                new CatalogReading(
                    Rows.instantOrNull(row, "read_at"),
                    row.getInt("unreadable"),
                    Rows.instantOrNull(row, "failed_at"),
                    row.getString("failure")))
        .getFirst();
  }

  /** The prices of the last reading that succeeded. */
  @Transactional
  public Screened prices() {
    List<PriceRow> believed = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    query(ALL, CatalogRepository::kept)
        .forEach(
            kept -> {
              if (kept.rule() == null) {
                believed.add(kept.price());
              } else {
                refused.add(
                    new Refused(
                        kept.price(),
                        Rule.valueOf(kept.rule()),
                        Objects.requireNonNull(kept.reason())));
              }
            });
    return new Screened(believed, refused);
  }

  private <T> List<T> query(String sql, Rows.Reader<T> reader, @Nullable Object... parameters) {
    return entities
        .unwrap(Session.class)
        .doReturningWork(connection -> Rows.of(connection, sql, reader, parameters));
  }

  private record Kept(PriceRow price, @Nullable String rule, @Nullable String reason) {}

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(price(row), row.getString("refused_rule"), row.getString("refused_reason"));
  }

  private void add(int position, PriceRow row, @Nullable String rule, @Nullable String reason) {
    entities
        .createNativeQuery(ADD)
        .setParameter("position", position)
        .setParameter("cloud", row.cloud())
        .setParameter("region", row.region())
        .setParameter("type", row.instanceType())
        .setParameter("accelerator", row.accelerators().type())
        .setParameter("count", row.accelerators().count())
        .setParameter("spot", row.spot())
        .setParameter("perHour", row.perHour().amount())
        .setParameter("source", row.source())
        .setParameter("asOf", row.asOf())
        .setParameter("rule", rule)
        .setParameter("reason", reason)
        .executeUpdate();
  }

  private static PriceRow price(ResultSet row) throws SQLException {
    return new PriceRow(
        row.getString("cloud"),
        row.getString("region"),
        row.getString("instance_type"),
        new Accelerators(row.getString("accelerator"), row.getInt("accelerator_count")),
        row.getBoolean("spot"),
        new Money(row.getBigDecimal("per_hour"), CURRENCY),
        row.getString("source"),
        row.getObject("as_of", LocalDate.class));
  }
}
