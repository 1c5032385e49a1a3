package dev.wrinklefree.sandbox.gcs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The faults that a test asked for in the listings of single buckets, and a count of all. */
final class ListingFaults {

  private final Map<String, Deque<Pending>> pending = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();

  private static final class Pending {

    private final ListingFault fault;
    private int left;

    Pending(ListingFault fault, int left) {
      this.fault = fault;
      this.left = left;
    }
  }

  synchronized void add(String bucket, ListingFault fault, int times) {
    pending.computeIfAbsent(bucket, name -> new ArrayDeque<>()).add(new Pending(fault, times));
  }

  synchronized void clear(String bucket) {
    pending.remove(bucket);
  }

  synchronized int requests(String bucket) {
    return requests.getOrDefault(bucket, 0);
  }

  /** Counts a request and takes its fault. */
  synchronized Optional<ListingFault> next(String bucket, boolean firstPage) {
    requests.merge(bucket, 1, Integer::sum);
    Deque<Pending> faults = pending.getOrDefault(bucket, new ArrayDeque<>());
    Pending first = faults.peek();
    if (first == null || (firstPage && first.fault instanceof ListingFault.TokenRefused)) {
      return Optional.empty();
    }
    if (--first.left == 0) {
      faults.remove();
    }
    return Optional.of(first.fault);
  }
}
