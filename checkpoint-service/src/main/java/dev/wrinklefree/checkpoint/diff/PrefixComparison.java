package dev.wrinklefree.checkpoint.diff;

import dev.wrinklefree.checkpoint.diff.PrefixChange.Completed;
import dev.wrinklefree.checkpoint.diff.PrefixChange.Partial;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Published;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Seen;
import dev.wrinklefree.checkpoint.layout.CheckpointNames;
import dev.wrinklefree.checkpoint.layout.CheckpointSlot;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which checkpoints of a listing are complete and not yet published.
 *
 * <p>A checkpoint is published once for each set of generations. A directory has no marker that
 * says that its save has ended, and a recovered run overwrites its two objects one after the other,
 * so a listing may show one of the new save and one of the old. Therefore a directory is published
 * at once only if its objects look like one save: all of them differ from those published before,
 * and they were written within the save window of each other. Otherwise it waits until nothing has
 * changed in it for a whole save window.
 *
 * <p>The limit: two saves of the same directory within one save window, of which a listing sees
 * only a part of the second, are told as one; the revision that follows corrects it.
 */
public final class PrefixComparison {

  private final Duration saveWindow;

  /**
   * @param saveWindow the longest that one save takes from its first finalised object to its last
   * @throws IllegalArgumentException if it is negative
   */
  public PrefixComparison(Duration saveWindow) {
    if (saveWindow.isNegative()) {
      throw new IllegalArgumentException("save window is negative: " + saveWindow);
    }
    this.saveWindow = saveWindow;
  }

  /**
   * Compares.
   *
   * @param prefix the run's, with a trailing slash
   * @param names which names make up a checkpoint of the run
   * @param recorded as of the last listing
   * @param listing all objects below the prefix, in any order
   * @param now when the listing was seen, by our clock
   */
  public PrefixChange compare(
      String prefix,
      CheckpointNames names,
      RecordedPrefix recorded,
      Collection<StoredObject> listing,
      Instant now) {
    Map<String, StoredObject> members = new TreeMap<>();
    Set<CheckpointSlot> slots = new LinkedHashSet<>();
    for (StoredObject object : listing) {
      // Old gcsfuse creates an object of no bytes first; no checkpoint has none.
      if (object.size() > 0) {
        names
            .slotOf(prefix, object.name())
            .ifPresent(
                slot -> {
                  members.put(object.name(), object);
                  slots.add(slot);
                });
      }
    }
    List<StoredObject> appeared =
        members.values().stream().filter(member -> isNews(recorded, member, now)).toList();
    List<String> vanished =
        recorded.seen().keySet().stream()
            .filter(name -> !members.containsKey(name))
            .sorted()
            .toList();

    List<Completed> completed = new ArrayList<>();
    List<CheckpointSlot> held = new ArrayList<>();
    List<Partial> partial = new ArrayList<>();
    for (CheckpointSlot slot : slots) {
      List<StoredObject> objects =
          slot.memberNames().stream().map(members::get).filter(Objects::nonNull).toList();
      Published last = recorded.published().get(slot.name());
      // What is left of a checkpoint that is being deleted is as published as the whole.
      if (isPublished(last, objects)) {
        continue;
      }
      if (objects.size() < slot.memberNames().size()) {
        partial.add(new Partial(slot, objects, missing(slot, members)));
        continue;
      }
      if (isOneSave(last, objects) || isQuiet(recorded, objects, now)) {
        completed.add(new Completed(slot, last == null ? 1 : last.revision() + 1, objects));
      } else {
        held.add(slot);
      }
    }
    completed.sort(Completed.BY_TIME);
    return new PrefixChange(appeared, vanished, completed, held, partial);
  }

  private static List<String> missing(CheckpointSlot slot, Map<String, StoredObject> members) {
    return slot.memberNames().stream().filter(name -> !members.containsKey(name)).toList();
  }

  private static boolean isNews(RecordedPrefix recorded, StoredObject object, Instant now) {
    Seen before = recorded.seen().get(object.name());
    // One seen in the future was seen by a clock that has been set back: it would wait until then.
    return before == null
        || before.generation() != object.generation()
        || before.since().isAfter(now);
  }

  private static boolean isPublished(@Nullable Published last, List<StoredObject> objects) {
    return last != null && objects.stream().allMatch(object -> isOf(last, object));
  }

  private boolean isOneSave(@Nullable Published last, List<StoredObject> objects) {
    if (last != null && objects.stream().anyMatch(object -> isOf(last, object))) {
      return false;
    }
    List<Instant> times = objects.stream().map(StoredObject::writtenAt).sorted().toList();
    return Duration.between(times.getFirst(), times.getLast()).compareTo(saveWindow) <= 0;
  }

  private boolean isQuiet(RecordedPrefix recorded, List<StoredObject> objects, Instant now) {
    return objects.stream()
        .allMatch(
            object -> {
              Seen seen = recorded.seen().get(object.name());
              return seen != null
                  && seen.generation() == object.generation()
                  && Duration.between(seen.since(), now).compareTo(saveWindow) >= 0;
            });
  }

  private static boolean isOf(Published published, StoredObject object) {
    return Objects.equals(published.generations().get(object.name()), object.generation());
  }
}
