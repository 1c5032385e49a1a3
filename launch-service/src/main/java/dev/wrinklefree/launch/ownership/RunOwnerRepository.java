package dev.wrinklefree.launch.ownership;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The owners of runs whose launch was authenticated. All methods belong into a transaction. */
@ApplicationScoped
public class RunOwnerRepository implements PanacheRepositoryBase<RunOwnerEntity, String> {

  /** The run's owner, if there is one. */
  public Optional<String> of(RunId runId) {
    return findByIdOptional(runId.value()).map(row -> row.principal);
  }

  /** Those of the given runs. */
  public Map<RunId, String> of(Collection<RunId> runIds) {
    return list("runId in ?1", runIds.stream().map(RunId::value).toList()).stream()
        .collect(Collectors.toMap(row -> new RunId(row.runId), row -> row.principal));
  }

  /** Records the owner of a new run. */
  public void add(RunId runId, String principal) {
    RunOwnerEntity row = new RunOwnerEntity();
    row.runId = runId.value();
    row.principal = principal;
    persist(row);
  }
}
