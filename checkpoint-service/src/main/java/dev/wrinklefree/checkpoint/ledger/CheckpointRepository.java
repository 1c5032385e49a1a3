package dev.wrinklefree.checkpoint.ledger;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.database.StoredJson;
import dev.wrinklefree.checkpoint.diff.PrefixChange;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Published;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Seen;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.contract.value.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The seen objects and the published checkpoints in the service's database. */
@ApplicationScoped
public class CheckpointRepository {

  /** As of the last listing, by generation: what was overwritten is not there any more. */
  private static final String IN_BUCKET =
      """
      not exists (
        select 1 from jsonb_to_recordset(c.data -> 'objects') as o (name text, generation bigint)
        where not exists (select 1 from seen_object s
          where s.run_id = c.run_id and s.name = o.name and s.generation = o.generation)
      ) as in_bucket
      """;

  private final Database database;

  CheckpointRepository(Database database) {
    this.database = database;
  }

  /** What was recorded of a run. */
  @Transactional
  public RecordedPrefix recorded(RunId runId) {
    List<Map.Entry<String, Seen>> seen =
        database.query(
            "select name, generation, seen_since from seen_object where run_id = ?",
            row ->
                Map.entry(
                    row.getString("name"),
                    new Seen(row.getLong("generation"), Database.instant(row, "seen_since"))),
            runId.value());
    List<Map.Entry<String, Published>> published =
        database.query(
            """
            select distinct on (slot) slot, revision, data from checkpoint where run_id = ?
            order by slot, revision desc
            """,
            CheckpointRepository::published,
            runId.value());
    return new RecordedPrefix(byKey(seen), byKey(published));
  }

  /**
   * What was published at some places of a run, of whose objects none was there at the last
   * listing.
   *
   * @param slots names of the places
   */
  @Transactional
  public RecordedPrefix publishedAt(RunId runId, Set<String> slots) {
    return new RecordedPrefix(
        Map.of(),
        byKey(
            database.query(
                """
                select distinct on (slot) slot, revision, data from checkpoint
                where run_id = ? and slot = any(?) order by slot, revision desc
                """,
                CheckpointRepository::published,
                runId.value(),
                slots.toArray(String[]::new))));
  }

  /** Records which objects the listings of runs showed. */
  @Transactional(TxType.MANDATORY)
  public void record(Map<RunId, PrefixChange> changes, Instant now) {
    List<SeenObject> vanished =
        changes.entrySet().stream()
            .flatMap(
                run ->
                    run.getValue().vanished().stream()
                        .map(name -> new SeenObject(run.getKey(), name, 0)))
            .toList();
    if (!vanished.isEmpty()) {
      database.update(
          """
          delete from seen_object s using unnest(?, ?) as gone (run_id, name)
          where s.run_id = gone.run_id and s.name = gone.name
          """,
          SeenObject.runIds(vanished),
          SeenObject.names(vanished));
    }
    List<SeenObject> appeared =
        changes.entrySet().stream()
            .flatMap(
                run ->
                    run.getValue().appeared().stream()
                        .map(o -> new SeenObject(run.getKey(), o.name(), o.generation())))
            .toList();
    if (!appeared.isEmpty()) {
      database.update(
          """
          insert into seen_object (run_id, name, generation, seen_since)
          select run_id, name, generation, ? from unnest(?, ?, ?) as o (run_id, name, generation)
          on conflict (run_id, name)
          do update set generation = excluded.generation, seen_since = excluded.seen_since
          """,
          now,
          SeenObject.runIds(appeared),
          SeenObject.names(appeared),
          appeared.stream().map(SeenObject::generation).toArray(Long[]::new));
    }
  }

  /**
   * A checkpoint that is being published.
   *
   * @param slot the name that all its revisions share
   */
  public record Publication(String slot, CheckpointWritten checkpoint) {}

  /** Records checkpoints in the order of their publication. */
  @Transactional(TxType.MANDATORY)
  public void add(List<Publication> publications) {
    database.batch(
        """
        insert into checkpoint (run_id, slot, revision, written_at, data)
        values (?, ?, ?, ?, ?::jsonb)
        """,
        publications.stream()
            .map(
                publication -> {
                  CheckpointWritten checkpoint = publication.checkpoint();
                  return new @Nullable Object[] {
                    checkpoint.runId().value(),
                    publication.slot(),
                    checkpoint.revision(),
                    checkpoint.writtenAt(),
                    StoredJson.write(checkpoint)
                  };
                })
            .toList());
  }

  /**
   * The checkpoints of all runs, all revisions, the last written first.
   *
   * @param limit at most so many
   */
  public List<StoredCheckpoint> newest(int limit) {
    return database.query(
        "select data, "
            + IN_BUCKET
            + " from checkpoint c order by written_at desc, id desc limit ?",
        CheckpointRepository::stored,
        limit);
  }

  /** The same of one run. */
  public List<StoredCheckpoint> newestOf(RunId runId, int limit) {
    return database.query(
        "select data, "
            + IN_BUCKET
            + " from checkpoint c where run_id = ? order by written_at desc, id desc limit ?",
        CheckpointRepository::stored,
        runId.value(),
        limit);
  }

  /**
   * When the last checkpoints of each run's series were written, by Google's clock, the last first.
   *
   * @param most of a run at most so many
   */
  public Map<RunId, List<Instant>> seriesOf(Collection<RunId> runs, int most) {
    return database
        .query(
            """
            select r.run_id, c.written_at from unnest(?) as r (run_id), lateral (
              select written_at, id from checkpoint
              where run_id = r.run_id and data ->> 'kind' = 'step'
              order by written_at desc, id desc limit ?) as c
            order by r.run_id, c.written_at desc, c.id desc
            """,
            row ->
                Map.entry(new RunId(row.getString("run_id")), Database.instant(row, "written_at")),
            ids(runs),
            most)
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /** Those of which a final checkpoint was ever published. */
  public Set<RunId> withFinal(Collection<RunId> runs) {
    return runs.isEmpty()
        ? Set.of()
        : Set.copyOf(
            database.query(
                """
                select r.run_id from unnest(?) as r (run_id) where exists (
                  select 1 from checkpoint c
                  where c.run_id = r.run_id and c.data ->> 'kind' = 'final')
                """,
                row -> new RunId(row.getString("run_id")),
                (Object) ids(runs)));
  }

  /** The checkpoint of a run that was written last and is still in the bucket, if there is one. */
  public Optional<StoredCheckpoint> latestOf(RunId runId) {
    return database
        .query(
            """
            select * from (select data, %s from checkpoint c where run_id = ?
              order by written_at desc, id desc) as of_run
            where in_bucket limit 1
            """
                .formatted(IN_BUCKET),
            CheckpointRepository::stored,
            runId.value())
        .stream()
        .findFirst();
  }

  /** When the last checkpoint in a bucket was written, by Google's clock. */
  public Optional<Instant> lastWrittenIn(String bucket) {
    return database
        .query(
            """
            select c.written_at from checkpoint c join watched_run r using (run_id)
            where r.bucket = ? order by c.written_at desc limit 1
            """,
            row -> Database.instant(row, "written_at"),
            bucket)
        .stream()
        .findFirst();
  }

  private static <V> Map<String, V> byKey(List<Map.Entry<String, V>> entries) {
    return entries.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<String, Published> published(ResultSet row) throws SQLException {
    return Map.entry(
        row.getString("slot"),
        new Published(row.getInt("revision"), generations(row.getString("data"))));
  }

  private static Map<String, Long> generations(String json) {
    return checkpoint(json).objects().stream()
        .collect(Collectors.toMap(StoredObject::name, StoredObject::generation));
  }

  private static StoredCheckpoint stored(ResultSet row) throws SQLException {
    return new StoredCheckpoint(checkpoint(row.getString("data")), row.getBoolean("in_bucket"));
  }

  private static CheckpointWritten checkpoint(String json) {
    return StoredJson.read(json, CheckpointWritten.class);
  }

  private static String[] ids(Collection<RunId> runs) {
    return runs.stream().map(RunId::value).toArray(String[]::new);
  }

  private record SeenObject(RunId runId, String name, long generation) {

    static String[] runIds(List<SeenObject> objects) {
      return objects.stream().map(object -> object.runId().value()).toArray(String[]::new);
    }

    static String[] names(List<SeenObject> objects) {
      return objects.stream().map(SeenObject::name).toArray(String[]::new);
    }
  }
}
