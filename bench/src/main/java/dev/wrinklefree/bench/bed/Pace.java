package dev.wrinklefree.bench.bed;

import java.util.concurrent.locks.LockSupport;

/** A steady rate: what comes late does not move what follows. */
public final class Pace {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long intervalNanos;
  private long dueNanos = System.nanoTime();

  /**
   * @param perSecond how many a second
   */
  public Pace(int perSecond) {
    this.intervalNanos = NANOS_PER_SECOND / perSecond;
  }

  /** Waits until the next one is due. */
  public void awaitNext() {
    dueNanos += intervalNanos;
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
