package dev.wrinklefree.launch.run;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cancellations, by run. All methods belong into the caller's transaction. */
@ApplicationScoped
public class CancellationRepository implements PanacheRepositoryBase<CancellationEntity, String> {

  /** The run's cancellation, if there is one. */
  public Optional<Cancellation> of(RunId runId) {
    return findByIdOptional(runId.value()).map(CancellationEntity::toCancellation);
  }

  /** Those of the given runs. */
  public Map<RunId, Cancellation> of(Collection<RunId> runIds) {
    List<String> ids = runIds.stream().map(RunId::value).toList();
    return list("runId in ?1", ids).stream()
        .map(CancellationEntity::toCancellation)
        .collect(Collectors.toMap(Cancellation::runId, cancellation -> cancellation));
  }

  /** Records a cancellation; the caller holds {@link RunRepository#lock} and found none. */
  public void add(Cancellation cancellation) {
    persist(CancellationEntity.of(cancellation));
  }

  /**
   * Notes that the queue does not know the job of a cancelled run.
   *
   * @return since when this is so: {@code now}, or earlier if it was noted before
   */
  public Instant jobUnknown(RunId runId, Instant now) {
    CancellationEntity row = findById(runId.value());
    if (row == null) {
      throw new IllegalStateException("no cancel of run " + runId + " is recorded");
    }
    if (row.unknownSince == null) {
      row.unknownSince = now;
    }
    return row.unknownSince;
  }

  /** Notes that the queue knows the job of a cancelled run. */
  public void jobKnown(RunId runId) {
    update("unknownSince = null where runId = ?1 and unknownSince is not null", runId.value());
  }
}
