package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One generation of an object.
 *
 * @param generation microseconds of the Unix epoch at its creation, made strictly increasing within
 *     the server
 * @param metageneration counts from 1 for each change of the attributes
 * @param size of the content, in bytes
 * @param crc32c of the content: Base64 of the four bytes in big-endian order
 * @param md5Hash of the content in Base64; null for a composed object, as in the real API
 * @param componentCount how many objects it was composed of; null if it was uploaded
 * @param timeCreated milliseconds of the Unix epoch when the content became visible
 * @param updated milliseconds of the Unix epoch of the last change of content or attributes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    long size,
    String crc32c,
    @Nullable String md5Hash,
    @Nullable Integer componentCount,
    long timeCreated,
    long updated,
    ObjectAttributes attributes) {

  StoredObject withAttributes(ObjectAttributes changed, long now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration + 1,
        size,
        crc32c,
        md5Hash,
        componentCount,
        timeCreated,
        now,
        changed);
  }
}
