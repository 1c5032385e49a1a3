package dev.wrinklefree.cost.ledger;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.CostUpdated;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.accrual.PricePinning;
import dev.wrinklefree.cost.metering.Observation;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters in the ledger what is heard of a run, and tells its cost when that is news. Each method
 * works within the caller's transaction.
 */
public final class Bookkeeper {

  private static final Logger LOGGER = LoggerFactory.getLogger(Bookkeeper.class);

  private final LedgerRepository ledger;
  private final Outbox outbox;
  private final PricePinning pinning;
  private final Clock clock;

  /** Keeps {@code ledger} and tells through {@code outbox}. */
  public Bookkeeper(LedgerRepository ledger, Outbox outbox, PricePinning pinning, Clock clock) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.pinning = pinning;
    this.clock = clock;
  }

  /** The run exists. */
  public void launched(EventAttributes cause) {
    update(cause, UnaryOperator.identity());
  }

  /** No job came of the run. */
  public void launchFailed(EventAttributes cause) {
    update(cause, RunAccount::failedToLaunch);
  }

  /** The run's job changed its state. */
  public void jobChanged(EventAttributes cause, JobStateChanged said) {
    Observation observation = Observation.of(cause, said);
    update(cause, account -> account.heard(observation, pinning));
  }

  /** Time went on; a run that holds no machines any more is not told of. */
  public void tick(RunId runId) {
    ledger
        .lock(runId)
        .filter(account -> account.cost().accruing())
        .ifPresent(account -> tell(account, null));
  }

  private void update(EventAttributes cause, UnaryOperator<RunAccount> change) {
    LedgerRepository.Change done =
        ledger.update(
            cause.runId(),
            now(),
            account -> change.apply(account.correlatedWith(cause.correlationId())));
    if (done.isNews()) {
      tell(done.after(), cause);
    }
  }

  private void tell(RunAccount account, @Nullable EventAttributes cause) {
    Instant now = now();
    CostUpdated cost = account.cost().asOf(now);
    outbox.append(
        new OutboundEvent(
            cost.runId(),
            cost,
            now,
            now,
            account.correlationId(),
            cause == null ? null : cause.id(),
            cause == null ? null : cause.traceParent()));
    if (cause != null && cost.pricing() != CostUpdated.Pricing.KNOWN) {
      LOGGER
          .atWarn()
          .addKeyValue("runId", cost.runId())
          .log("Machines of the run are not in the price book");
    }
  }

  /** In microseconds, as PostgreSQL keeps it: an event's time and its {@code asOf} are equal. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
