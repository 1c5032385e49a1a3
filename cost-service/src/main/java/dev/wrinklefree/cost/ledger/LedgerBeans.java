package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.pricing.BillingRules;
import dev.wrinklefree.cost.pricing.PriceBook;
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
      LedgerRepository ledger, Outbox outbox, PriceBook book, BillingRules rules, Clock clock) {
    return new Bookkeeper(ledger, outbox, new PricePinning(book, rules), clock);
  }
}
