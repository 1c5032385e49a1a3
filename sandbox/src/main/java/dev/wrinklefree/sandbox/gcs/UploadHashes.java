package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checksums that a client says its upload has, so that one which was damaged on the way is
 * refused.
 *
 * @param crc32c in Base64 of the big-endian bytes; null if the client does not say
 * @param md5Hash in Base64; null if the client does not say
 */
record UploadHashes(@Nullable String crc32c, @Nullable String md5Hash) {

  private static final Pattern HEADER_ENTRY = Pattern.compile("\\s*(crc32c|md5)=([^,\\s]+)\\s*");

  /** From the object resource of the request and its {@code x-goog-hash} header. */
  static UploadHashes of(JsonNode resource, @Nullable String header) {
    String crc32c = resource.path("crc32c").textValue();
    String md5 = resource.path("md5Hash").textValue();
    if (header != null) {
      Matcher entries = HEADER_ENTRY.matcher(header);
      while (entries.find()) {
        if (entries.group(1).equals("md5")) {
          md5 = entries.group(2);
        } else {
          crc32c = entries.group(2);
        }
      }
    }
    return new UploadHashes(crc32c, md5);
  }

  void require(Draft.Checksums actual) {
    requireSame("CRC32C", crc32c, actual.crc32c());
    requireSame("MD5 hash", md5Hash, actual.md5Hash());
  }

  private static void requireSame(String kind, @Nullable String provided, String calculated) {
    if (provided != null && !provided.equals(calculated)) {
      throw StorageException.invalid(
          "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
              .formatted(kind, provided, kind, calculated));
    }
  }
}
