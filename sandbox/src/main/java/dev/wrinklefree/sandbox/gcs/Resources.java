package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * The JSON documents of the API: 64-bit numbers are strings, times are RFC 3339 with milliseconds.
 */
final class Resources {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Resources() {}

  static ObjectNode object(StoredObject object, URI server) {
    String path = "/storage/v1/b/" + object.bucket() + "/o/" + encode(object.name());
    String created = time(object.timeCreated());
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", "storage#object");
    node.put("id", object.bucket() + "/" + object.name() + "/" + object.generation());
    node.put("selfLink", server + path);
    node.put(
        "mediaLink",
        server + "/download" + path + "?generation=" + object.generation() + "&alt=media");
    node.put("name", object.name());
    node.put("bucket", object.bucket());
    node.put("generation", Long.toString(object.generation()));
    node.put("metageneration", Long.toString(object.metageneration()));
    node.put("storageClass", "STANDARD");
    node.put("size", Long.toString(object.size()));
    if (object.md5Hash() != null) {
      node.put("md5Hash", object.md5Hash());
    }
    node.put("crc32c", object.crc32c());
    if (object.componentCount() != null) {
      node.put("componentCount", object.componentCount());
    }
    node.put("etag", etag(object));
    node.put("timeCreated", created);
    node.put("updated", time(object.updated()));
    node.put("timeStorageClassUpdated", created);
    node.put("timeFinalized", created);
    node.setAll((ObjectNode) JSON.valueToTree(object.attributes()));
    return node;
  }

  static ObjectNode listing(Listing listing, URI server) {
    ObjectNode node = JSON.createObjectNode().put("kind", "storage#objects");
    if (listing.nextPageToken() != null) {
      node.put("nextPageToken", listing.nextPageToken());
    }
    if (!listing.prefixes().isEmpty()) {
      ArrayNode prefixes = node.putArray("prefixes");
      listing.prefixes().forEach(prefixes::add);
    }
    if (!listing.items().isEmpty()) {
      ArrayNode items = node.putArray("items");
      listing.items().forEach(object -> items.add(object(object, server)));
    }
    return node;
  }

  static ObjectNode bucket(String name, URI server) {
    return JSON.createObjectNode()
        .put("kind", "storage#bucket")
        .put("id", name)
        .put("selfLink", server + "/storage/v1/b/" + name)
        .put("name", name)
        .put("metageneration", "1")
        .put("location", "US")
        .put("locationType", "multi-region")
        .put("storageClass", "STANDARD");
  }

  /** The answer to the one call that a rewrite takes. */
  static ObjectNode rewritten(StoredObject object, ObjectNode resource) {
    ObjectNode node = JSON.createObjectNode().put("kind", "storage#rewriteResponse");
    node.put("totalBytesRewritten", Long.toString(object.size()));
    node.put("objectSize", Long.toString(object.size()));
    node.put("done", true);
    node.set("resource", resource);
    return node;
  }

  /** What {@code gcloud storage} asks for before it uploads: here buckets are flat. */
  static ObjectNode layout(String bucket) {
    ObjectNode node = JSON.createObjectNode().put("kind", "storage#storageLayout");
    node.put("bucket", bucket).put("location", "US").put("locationType", "multi-region");
    node.putObject("hierarchicalNamespace").put("enabled", false);
    return node;
  }

  /** Nobody is kept from anything here. */
  static ObjectNode permissions(List<String> asked) {
    ObjectNode node = JSON.createObjectNode().put("kind", "storage#testIamPermissionsResponse");
    ArrayNode permissions = node.putArray("permissions");
    asked.forEach(permissions::add);
    return node;
  }

  static ObjectNode buckets(List<String> names, URI server) {
    ObjectNode node = JSON.createObjectNode().put("kind", "storage#buckets");
    if (!names.isEmpty()) {
      ArrayNode items = node.putArray("items");
      names.forEach(name -> items.add(bucket(name, server)));
    }
    return node;
  }

  static ObjectNode error(StorageException failure) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode error =
        root.putObject("error").put("code", failure.status()).put("message", failure.text());
    error
        .putArray("errors")
        .addObject()
        .put("message", failure.text())
        .put("domain", "global")
        .put("reason", failure.reason());
    return root;
  }

  /** The attributes that a request's object resource states. */
  static ObjectAttributes attributes(JsonNode resource) {
    try {
      return JSON.convertValue(resource, ObjectAttributes.class);
    } catch (IllegalArgumentException e) {
      throw StorageException.invalid("Invalid object resource: " + e.getMessage());
    }
  }

  /** The attributes after a JSON merge patch (RFC 7396): null removes, a map is merged. */
  static ObjectAttributes patch(ObjectAttributes present, JsonNode patch) {
    ObjectNode merged = JSON.valueToTree(present);
    merge(merged, patch);
    return attributes(merged);
  }

  static String etag(StoredObject object) {
    byte[] identity =
        (object.generation() + "/" + object.metageneration()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(identity);
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            change -> {
              JsonNode value = change.getValue();
              if (value.isNull()) {
                target.remove(change.getKey());
              } else if (value.isObject()
                  && target.get(change.getKey()) instanceof ObjectNode map) {
                merge(map, value);
              } else {
                target.set(change.getKey(), value);
              }
            });
  }

  private static String time(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis));
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
