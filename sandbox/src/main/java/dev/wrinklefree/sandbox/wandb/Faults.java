package dev.wrinklefree.sandbox.wandb;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** The faults of requests to come, and a count of all that came. */
final class Faults {

  private final Queue<WandbFault> faults = new ArrayDeque<>();
  private int requests;

  synchronized void add(int times, WandbFault fault) {
    for (int i = 0; i < times; i++) {
      faults.add(fault);
    }
  }

  synchronized void clear() {
    faults.clear();
  }

  synchronized int requests() {
    return requests;
  }

  /** Counts a request and takes its fault. */
  synchronized Optional<WandbFault> next() {
    requests++;
    return Optional.ofNullable(faults.poll());
  }
}
