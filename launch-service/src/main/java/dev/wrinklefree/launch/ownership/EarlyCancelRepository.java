package dev.wrinklefree.launch.ownership;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Who cancelled a run before it was known whose it is. All methods belong into a transaction that
 * holds the run's lock.
 */
@ApplicationScoped
public class EarlyCancelRepository implements PanacheRepositoryBase<EarlyCancelEntity, String> {

  /** Records who did. */
  public void add(RunId runId, Requester requester) {
    EarlyCancelEntity row = new EarlyCancelEntity();
    row.runId = runId.value();
    row.principal = requester.principal();
    persist(row);
  }

  /** Forgets who did, and tells. */
  public Optional<Requester> take(RunId runId) {
    Optional<EarlyCancelEntity> row = findByIdOptional(runId.value());
    row.ifPresent(this::delete);
    return row.map(found -> new Requester(found.principal, false));
  }
}
