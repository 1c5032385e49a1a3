package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.metering.MachineInterval;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Row of {@code cost_interval}. */
@Embeddable
class IntervalEntity {

  @SuppressWarnings("NullAway.Init") // Hibernate fills it
  Instant started;

  @Nullable Instant ended;

  @Embedded @Nullable MachinesEntity machines;

  @Column(name = "per_hour")
  @Nullable BigDecimal perHour;

  @Nullable String currency;

  @Column(name = "price_source")
  @Nullable String priceSource;

  @Column(name = "price_date")
  @Nullable LocalDate priceDate;

  @Column(name = "minimum_seconds")
  int minimumSeconds;

  @Column(name = "saved_at")
  @Nullable Instant savedAt;

  static IntervalEntity of(PricedInterval priced) {
    IntervalEntity entity = new IntervalEntity();
    entity.started = priced.interval().from();
    entity.ended = priced.interval().to();
    entity.machines = MachinesEntity.of(priced.interval().placement());
    PinnedPrice price = priced.price();
    if (price != null) {
      entity.perHour = price.perHour().amount();
      entity.currency = price.perHour().currency();
      entity.priceSource = price.source();
      entity.priceDate = price.asOf();
    }
    entity.minimumSeconds = Math.toIntExact(priced.minimum().toSeconds());
    entity.savedAt = priced.savedAt();
    return entity;
  }

  PricedInterval interval() {
    return new PricedInterval(
        new MachineInterval(started, ended, MachinesEntity.placement(machines)),
        perHour == null
            ? null
            : new PinnedPrice(
                new Money(perHour, Objects.requireNonNull(currency)),
                Objects.requireNonNull(priceSource),
                priceDate),
        Duration.ofSeconds(minimumSeconds),
        savedAt);
  }
}
