package dev.wrinklefree.checkpoint.unattributed;

import java.time.Instant;

/**
 * An object under a watched root that belongs to no known run.
 *
 * @param bucket bucket name
 * @param name full object name
 * @param generation Google's generation number
 * @param size bytes
 * @param crc32c base64, big-endian, as Google gives it
 * @param writtenAt when this generation was finalised, by Google's clock
 */
public record UnattributedObject(
    String bucket, String name, long generation, long size, String crc32c, Instant writtenAt) {}
