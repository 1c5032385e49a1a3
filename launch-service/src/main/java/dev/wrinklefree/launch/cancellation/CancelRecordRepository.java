package dev.wrinklefree.launch.cancellation;

import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.run.CancellationRepository;
import dev.wrinklefree.launch.run.RunRepository;
import dev.wrinklefree.launch.run.RunState.Submitted;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** The records in the service's database. */
@ApplicationScoped
class CancelRecordRepository implements CancelRecords {

  private final RunRepository runs;
  private final CancellationRepository cancellations;

  CancelRecordRepository(RunRepository runs, CancellationRepository cancellations) {
    this.runs = runs;
    this.cancellations = cancellations;
  }

  @Override
  public Optional<Subject> load(RunId runId) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                runs.of(runId)
                    .map(run -> new Subject(run.state(), cancellations.of(runId).isPresent())));
  }

  @Override
  public void jobKnown(RunId runId) {
    QuarkusTransaction.requiringNew().run(() -> cancellations.jobKnown(runId));
  }

  @Override
  public Instant jobUnknown(RunId runId, Instant now) {
    return QuarkusTransaction.requiringNew().call(() -> cancellations.jobUnknown(runId, now));
  }

  @Override
  public void cancelled(RunId runId, Submitted job) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              runs.lock(runId);
              runs.change(runId, job, job.cancelled(), 0);
            });
  }
}
