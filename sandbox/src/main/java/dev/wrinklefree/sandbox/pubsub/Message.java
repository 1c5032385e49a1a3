package dev.wrinklefree.sandbox.pubsub;

import java.time.Instant;
import java.util.Map;

/**
 * A published message.
 *
 * @param id unique in the server
 * @param attributes texts by name
 * @param data in Base64
 * @param publishedAt when the server took it
 */
record Message(String id, Map<String, String> attributes, String data, Instant publishedAt) {

  Message {
    attributes = Map.copyOf(attributes);
  }
}
