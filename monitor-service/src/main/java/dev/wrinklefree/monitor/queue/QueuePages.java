package dev.wrinklefree.monitor.queue;

import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;

/** Where pages of the queue come from: {@code SkyPilotClient::queue}. */
@FunctionalInterface
public interface QueuePages {

  /**
   * One answer.
   *
   * @throws dev.wrinklefree.skypilot.failure.SkyPilotException if there is none; it then is not
   *     known what the queue holds
   */
  QueuePage read(QueueQuery query);
}
