package dev.wrinklefree.sandbox.gcs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Refusals that a test asked for, one per request to come. */
final class Faults {

  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

  void add(int status, int times) {
    for (int i = 0; i < times; i++) {
      statuses.add(status);
    }
  }

  void next() {
    Integer status = statuses.poll();
    if (status != null) {
      throw StorageException.injected(status);
    }
  }
}
