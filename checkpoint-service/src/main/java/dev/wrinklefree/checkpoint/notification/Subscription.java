package dev.wrinklefree.checkpoint.notification;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where messages are pulled. */
interface Subscription {

  /** Waits for messages; none after a while. */
  List<Received> pull() throws IOException;

  /** Says that messages need not come again. */
  void acknowledge(List<String> ackIds) throws IOException;

  /**
   * A message that was pulled.
   *
   * @param ackId what to acknowledge it by
   * @param attributes as its sender gave them; never to be trusted
   */
  record Received(String ackId, Map<String, String> attributes) {

    /** Copies the map. */
    public Received {
      attributes = Map.copyOf(attributes);
    }
  }
}
