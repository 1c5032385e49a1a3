package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.alert.AlertRepository;
import dev.wrinklefree.cost.estimate.Quoter;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.Prices;
import dev.wrinklefree.outbox.Outbox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the bookkeeper together. */
@Singleton
class LedgerBeans {

  @Produces
  @Singleton
  Bookkeeper bookkeeper(
      LedgerRepository ledger,
      Outbox outbox,
      AlertRepository alerts,
      TrainingRepository trainings,
      Prices prices,
      BillingRules rules,
      Quoter quoter,
      Clock clock) {
    return new Bookkeeper(
        ledger, outbox, alerts, trainings, new PricePinning(prices, rules), quoter, clock);
  }
}
