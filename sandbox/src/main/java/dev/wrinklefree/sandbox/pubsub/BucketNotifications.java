package dev.wrinklefree.sandbox.pubsub;

import dev.wrinklefree.sandbox.gcs.FinalizedObject;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets a Cloud Storage stand-in publish {@code OBJECT_FINALIZE} for each object that becomes
 * visible, as a notification configuration with the payload format {@code JSON_API_V1} does.
 */
public final class BucketNotifications {

  private BucketNotifications() {}

  /**
   * Begins to publish.
   *
   * @param topic {@code projects/<project>/topics/<topic>}, which must exist
   */
  public static void connect(StorageServer storage, PubSubServer pubsub, String topic) {
    storage.onFinalize(object -> pubsub.publish(topic, attributes(object), object.resource()));
  }

  /** The attributes of the message that tells of an object. */
  public static Map<String, String> attributes(FinalizedObject object) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(
        "notificationConfig", "projects/_/buckets/" + object.bucket() + "/notificationConfigs/1");
    attributes.put("eventType", "OBJECT_FINALIZE");
    attributes.put("payloadFormat", "JSON_API_V1");
    attributes.put("bucketId", object.bucket());
    attributes.put("objectId", object.name());
    attributes.put("objectGeneration", Long.toString(object.generation()));
    attributes.put("eventTime", object.at().toString());
    if (object.overwroteGeneration() != null) {
      attributes.put("overwroteGeneration", object.overwroteGeneration().toString());
    }
    return attributes;
  }
}
