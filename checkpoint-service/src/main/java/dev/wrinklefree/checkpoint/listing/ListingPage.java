package dev.wrinklefree.checkpoint.listing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code objects.list}, read as it comes: of a million objects a tick keeps few, and
 * Google's own classes have thirty fields for each.
 *
 * @param objects in the order of names
 * @param nextToken leads to the next page; null on the last
 * @param zonal whether an object lies in a zonal bucket
 */
record ListingPage(List<StoredObject> objects, @Nullable String nextToken, boolean zonal) {

  /** The fields that are read, as the API's parameter {@code fields} names them. */
  static final String FIELDS =
      "items(name,generation,size,crc32c,timeCreated,storageClass),nextPageToken";

  private static final JsonFactory JSON = new JsonFactory();
  private static final String ZONAL = "RAPID";

  /**
   * Reads a page to its end.
   *
   * @throws IOException if it ends too early or is no JSON
   * @throws MalformedPageException if it is JSON and no page
   */
  static ListingPage read(InputStream body) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedPageException("the page is no JSON object");
      }
      List<StoredObject> objects = new ArrayList<>();
      String nextToken = null;
      boolean zonal = false;
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (field) {
          case "nextPageToken" -> nextToken = json.getValueAsString();
          case "items" -> {
            if (value != JsonToken.START_ARRAY) {
              throw new MalformedPageException("the items are no list");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
              zonal |= readObject(json, objects);
            }
            if (!json.hasToken(JsonToken.END_ARRAY)) {
              throw new MalformedPageException("an item is no JSON object");
            }
          }
          default -> json.skipChildren();
        }
      }
      return new ListingPage(objects, nextToken, zonal);
    }
  }

  /** Returns whether it lies in a zonal bucket. */
  private static boolean readObject(JsonParser json, List<StoredObject> objects)
      throws IOException {
    String name = null;
    String generation = null;
    String size = null;
    String crc32c = null;
    String createdAt = null;
    boolean zonal = false;
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getValueAsString();
        case "generation" -> generation = json.getValueAsString();
        case "size" -> size = json.getValueAsString();
        case "crc32c" -> crc32c = json.getValueAsString();
        // The creation time of a generation is when it was finalised; "updated" moves with
        // metadata.
        case "timeCreated" -> createdAt = json.getValueAsString();
        case "storageClass" -> zonal = ZONAL.equals(json.getValueAsString());
        default -> json.skipChildren();
      }
    }
    if (name == null || generation == null || size == null || crc32c == null || createdAt == null) {
      throw new MalformedPageException("an object lacks fields that each has");
    }
    try {
      objects.add(
          new StoredObject(
              name,
              Long.parseLong(generation),
              Long.parseLong(size),
              crc32c,
              ListedTime.parse(createdAt)));
    } catch (IllegalArgumentException e) {
      throw new MalformedPageException("a field of an object is not what it should be", e);
    }
    return zonal;
  }
}
