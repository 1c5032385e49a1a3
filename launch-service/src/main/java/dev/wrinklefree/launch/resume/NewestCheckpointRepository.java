package dev.wrinklefree.launch.resume;

import dev.wrinklefree.contract.value.RunId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The newest checkpoints, by run. All methods belong into the caller's transaction. */
@ApplicationScoped
public class NewestCheckpointRepository
    implements PanacheRepositoryBase<NewestCheckpointEntity, String>, NewestCheckpoints {

  /**
   * Records a complete checkpoint unless a newer one of its run is recorded. After a recovery a
   * lower step may be newer.
   *
   * @param writtenAt by the bucket's clock
   */
  public void written(RunId runId, String uri, Instant writtenAt) {
    NewestCheckpointEntity row = findById(runId.value());
    if (row == null) {
      row = new NewestCheckpointEntity();
      row.runId = runId.value();
      row.uri = uri;
      row.writtenAt = writtenAt;
      persist(row);
    } else if (!writtenAt.isBefore(row.writtenAt)) {
      row.uri = uri;
      row.writtenAt = writtenAt;
    }
  }

  /** Records accepted runs, so that later runs like them may go on from their checkpoints. */
  public void launched(List<RunLikeness> runs, Instant acceptedAt) {
    for (RunLikeness run : runs) {
      RunLikenessEntity row = new RunLikenessEntity();
      row.runId = run.runId().value();
      row.likeness = run.likeness();
      row.acceptedAt = acceptedAt;
      getEntityManager().persist(row);
    }
  }

  @Override
  public Optional<String> ofRun(RunId runId) {
    return findByIdOptional(runId.value()).map(row -> row.uri);
  }

  @Override
  public Optional<String> ofNewestLike(String likeness, RunId but) {
    List<String> uris =
        getEntityManager()
            .createNativeQuery(
                """
                select c.uri from run_likeness l join newest_checkpoint c on c.run_id = l.run_id
                where md5(l.likeness) = md5(?1) and l.likeness = ?1 and l.run_id <> ?2
                order by l.accepted_at desc, l.run_id desc limit 1
                """,
                String.class)
            .setParameter(1, likeness)
            .setParameter(2, but.value())
            .getResultList()
            .stream()
            .map(String.class::cast)
            .toList();
    return uris.stream().findFirst();
  }
}
