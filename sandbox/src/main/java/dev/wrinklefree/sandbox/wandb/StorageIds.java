package dev.wrinklefree.sandbox.wandb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Opaque ids as GraphQL servers make them. */
final class StorageIds {

  private StorageIds() {}

  static String of(String type, String id) {
    return Base64.getEncoder().encodeToString((type + ":" + id).getBytes(StandardCharsets.UTF_8));
  }
}
