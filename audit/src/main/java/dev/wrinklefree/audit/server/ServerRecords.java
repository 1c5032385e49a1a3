package dev.wrinklefree.audit.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the servers themselves have on record. It is to be read after the topics, or when nothing
 * moves any more.
 *
 * @param jobs all of SkyPilot's jobs, also ended ones; absent if they were not asked for
 * @param objects all objects of the checkpoint bucket, with the generations that were there; absent
 *     if they were not asked for
 */
public record ServerRecords(
    @Nullable List<SkyPilotJob> jobs, @Nullable List<BucketObject> objects) {

  /** Copies the lists. */
  public ServerRecords {
    jobs = jobs == null ? null : List.copyOf(jobs);
    objects = objects == null ? null : List.copyOf(objects);
  }
}
