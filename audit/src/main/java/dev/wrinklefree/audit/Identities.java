package dev.wrinklefree.audit;

import dev.wrinklefree.audit.history.EventRecord;
import dev.wrinklefree.audit.history.Fingerprint;
import dev.wrinklefree.audit.rule.Sighting;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events were seen. Those of one source and run are in one partition, else the order is
 * broken and told, so what was seen is forgotten at the end of each partition.
 */
final class Identities {

  private final Map<Fingerprint, Fingerprint> seen = new HashMap<>();
  private @Nullable String place;

  Sighting sighting(EventRecord event) {
    // A stranger's request may come again, changed or not: that is not the platform's doing.
    if (event.isRequest() && event.attributes().sequence() == null) {
      return Sighting.FIRST;
    }
    String here = event.position().topic() + "/" + event.position().partition();
    if (!here.equals(place)) {
      seen.clear();
      place = here;
    }
    Fingerprint identity = Fingerprint.of(event.attributes().source(), event.attributes().id());
    Fingerprint before = seen.putIfAbsent(identity, event.content());
    if (before == null) {
      return Sighting.FIRST;
    }
    return before.equals(event.content()) ? Sighting.REPEAT : Sighting.CLASH;
  }
}
