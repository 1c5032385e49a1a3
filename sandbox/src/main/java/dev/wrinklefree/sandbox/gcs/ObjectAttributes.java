package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a writer may say of an object besides its bytes; the names are those of the API's object
 * resource.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ObjectAttributes(
    @Nullable String contentType,
    @Nullable String contentEncoding,
    @Nullable String contentDisposition,
    @Nullable String contentLanguage,
    @Nullable String cacheControl,
    @Nullable String customTime,
    @Nullable Map<String, String> metadata) {

  static ObjectAttributes ofType(@Nullable String contentType) {
    return new ObjectAttributes(contentType, null, null, null, null, null, null);
  }

  /** The same with this content type if it has none. */
  ObjectAttributes orType(@Nullable String type) {
    return new ObjectAttributes(
        contentType == null ? type : contentType,
        contentEncoding,
        contentDisposition,
        contentLanguage,
        cacheControl,
        customTime,
        metadata);
  }
}
