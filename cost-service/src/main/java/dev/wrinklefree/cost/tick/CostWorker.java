package dev.wrinklefree.cost.tick;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.cost.ledger.LedgerRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cost of every run that holds machines. */
@ApplicationScoped
class CostWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(CostWorker.class);

  /** What a run's own events wait for at most is the time that so many take. */
  private static final int RUNS_PER_TRANSACTION = 50;

  private final LedgerRepository ledger;
  private final Bookkeeper bookkeeper;
  private final Timer length;

  CostWorker(LedgerRepository ledger, Bookkeeper bookkeeper, MeterRegistry metrics) {
    this.ledger = ledger;
    this.bookkeeper = bookkeeper;
    this.length =
        Timer.builder("wf.cost.tick")
            .description("One tick over all runs that hold machines")
            .register(metrics);
  }

  /** Some runs in each transaction; a run that fails does not silence the others. */
  void tellAll() {
    length.record(
        () -> {
          Optional<RunId> last = tellSome(null);
          while (last.isPresent()) {
            last = tellSome(last.get());
          }
        });
  }

  private Optional<RunId> tellSome(@Nullable RunId after) {
    try {
      return QuarkusTransaction.requiringNew()
          .call(() -> bookkeeper.tick(after, RUNS_PER_TRANSACTION));
    } catch (RuntimeException e) {
      LOGGER.atDebug().setCause(e).log("Costs could not be told together; now one by one");
      List<RunId> runs = ledger.accruing(after, RUNS_PER_TRANSACTION);
      runs.forEach(this::tell);
      return runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast());
    }
  }

  private void tell(RunId runId) {
    try {
      QuarkusTransaction.requiringNew().run(() -> bookkeeper.tick(runId));
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("runId", runId).setCause(e).log("Cost could not be told");
    }
  }
}
