package dev.wrinklefree.cost.tick;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.cost.ledger.Bookkeeper;
import dev.wrinklefree.cost.ledger.LedgerRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cost of every run that holds machines. */
@ApplicationScoped
class CostWorker {

  private static final Logger LOGGER = LoggerFactory.getLogger(CostWorker.class);

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

  /** One transaction per run: a run that fails does not silence the others. */
  void tellAll() {
    length.record(this::tellEach);
  }

  private void tellEach() {
    for (RunId runId : ledger.accruing()) {
      try {
        QuarkusTransaction.requiringNew().run(() -> bookkeeper.tick(runId));
      } catch (RuntimeException e) {
        LOGGER.atError().addKeyValue("runId", runId).setCause(e).log("Cost could not be told");
      }
    }
  }
}
