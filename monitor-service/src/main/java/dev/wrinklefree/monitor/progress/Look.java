package dev.wrinklefree.monitor.progress;

import dev.wrinklefree.monitor.wandb.WandbSighting;
import java.time.Instant;

/** What one look at W&amp;B brought for a run. */
public sealed interface Look {

  /** W&amp;B shows it. */
  record Seen(WandbSighting sighting, Instant readAt) implements Look {}

  /** W&amp;B answered and does not have it: it has not reported yet, if it ever does. */
  record Missing(Instant readAt) implements Look {}

  /** W&amp;B was not asked or did not answer, which says nothing of the run. */
  record Unread() implements Look {}
}
