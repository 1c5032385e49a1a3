package dev.wrinklefree.checkpoint.unattributed;

import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Picks out of a listing what lies in no run's prefix: counts all of it, keeps some. */
public final class UnattributedTally implements Consumer<StoredObject> {

  private final Set<String> runPrefixes;
  private final int limit;
  private final List<StoredObject> kept = new ArrayList<>();
  private long objects;
  private long bytes;

  /**
   * @param runPrefixes of all known runs in the bucket, each with a trailing slash
   * @param limit how many objects to keep at most, so that a large bucket does not fill the memory
   */
  public UnattributedTally(Set<String> runPrefixes, int limit) {
    this.runPrefixes = Set.copyOf(runPrefixes);
    this.limit = limit;
  }

  @Override
  public void accept(StoredObject object) {
    if (isPlaceholder(object) || isOfARun(object.name())) {
      return;
    }
    objects++;
    bytes += object.size();
    if (kept.size() < limit) {
      kept.add(object);
    }
  }

  /** How many objects belong to no run. */
  public long objects() {
    return objects;
  }

  /** Sum of their sizes. */
  public long bytes() {
    return bytes;
  }

  /** The first of them, by name. */
  public List<StoredObject> kept() {
    return List.copyOf(kept);
  }

  /** Consoles and gcsfuse create these to show an empty directory. */
  private static boolean isPlaceholder(StoredObject object) {
    return object.size() == 0 && object.name().endsWith("/");
  }

  private boolean isOfARun(String name) {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      if (runPrefixes.contains(name.substring(0, slash + 1))) {
        return true;
      }
    }
    return false;
  }
}
