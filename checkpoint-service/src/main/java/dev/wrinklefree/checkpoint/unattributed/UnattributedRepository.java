package dev.wrinklefree.checkpoint.unattributed;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;

/** What belongs to no run, in the service's database. */
@ApplicationScoped
public class UnattributedRepository {

  private final Database database;

  UnattributedRepository(Database database) {
    this.database = database;
  }

  /**
   * Replaces what was known of a root, unless a later listing was recorded already.
   *
   * @param listedAt when the listing began
   */
  @Transactional
  public void replace(BucketPrefix root, UnattributedTally tally, Instant listedAt) {
    int recorded =
        database.update(
            """
            insert into watch_root as r (bucket, prefix, listed_at, objects, bytes)
            values (?, ?, ?, ?, ?)
            on conflict (bucket, prefix) do update
            set listed_at = excluded.listed_at, objects = excluded.objects, bytes = excluded.bytes
            where r.listed_at < excluded.listed_at
            """,
            root.bucket(),
            root.prefix(),
            listedAt,
            tally.objects(),
            tally.bytes());
    if (recorded == 0) {
      return;
    }
    database.update(
        "delete from unattributed_object where bucket = ? and root = ?",
        root.bucket(),
        root.prefix());
    database.batch(
        """
        insert into unattributed_object (bucket, root, name, generation, size, crc32c, written_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        tally.kept().stream()
            .map(
                o ->
                    new Object[] {
                      root.bucket(),
                      root.prefix(),
                      o.name(),
                      o.generation(),
                      o.size(),
                      o.crc32c(),
                      o.writtenAt()
                    })
            .toList());
  }

  /** Forgets every other root: nobody looks there any more. */
  @Transactional
  public void retain(List<BucketPrefix> roots) {
    String others = "(%s) not in (select * from unnest(?, ?))";
    String[] buckets = roots.stream().map(BucketPrefix::bucket).toArray(String[]::new);
    String[] prefixes = roots.stream().map(BucketPrefix::prefix).toArray(String[]::new);
    database.update(
        "delete from unattributed_object where " + others.formatted("bucket, root"),
        buckets,
        prefixes);
    database.update(
        "delete from watch_root where " + others.formatted("bucket, prefix"), buckets, prefixes);
  }

  /** Takes out what lies in a run's prefix, now that the run is known. */
  @Transactional(TxType.MANDATORY)
  public void forget(BucketPrefix run) {
    database.update(
        "delete from unattributed_object where bucket = ? and starts_with(name, ?)",
        run.bucket(),
        run.prefix());
  }

  /**
   * The objects of all roots, the last written first.
   *
   * @param limit at most so many
   */
  public List<UnattributedObject> newest(int limit) {
    return database.query(
        """
        select distinct bucket, name, generation, size, crc32c, written_at from unattributed_object
        order by written_at desc, bucket, name limit ?
        """,
        row ->
            new UnattributedObject(
                row.getString("bucket"),
                row.getString("name"),
                row.getLong("generation"),
                row.getLong("size"),
                row.getString("crc32c"),
                Database.instant(row, "written_at")),
        limit);
  }

  /** How many objects of a root belonged to no run at its last listing; zero before the first. */
  public long count(BucketPrefix root) {
    return database
        .query(
            "select objects from watch_root where bucket = ? and prefix = ?",
            row -> row.getLong("objects"),
            root.bucket(),
            root.prefix())
        .stream()
        .findFirst()
        .orElse(0L);
  }
}
