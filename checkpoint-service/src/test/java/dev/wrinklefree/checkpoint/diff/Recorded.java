package dev.wrinklefree.checkpoint.diff;

import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Published;
import dev.wrinklefree.checkpoint.diff.RecordedPrefix.Seen;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Records a change in memory, as the database does. */
final class Recorded {

  private Recorded() {}

  static RecordedPrefix after(RecordedPrefix before, PrefixChange change, Instant now) {
    Map<String, Seen> seen = new HashMap<>(before.seen());
    Map<String, Published> published = new HashMap<>(before.published());
    change.vanished().forEach(seen::remove);
    change.appeared().forEach(o -> seen.put(o.name(), new Seen(o.generation(), now)));
    change
        .completed()
        .forEach(
            c ->
                published.put(
                    c.slot().name(),
                    new Published(
                        c.revision(),
                        c.objects().stream()
                            .collect(
                                Collectors.toMap(StoredObject::name, StoredObject::generation)))));
    return new RecordedPrefix(seen, published);
  }
}
