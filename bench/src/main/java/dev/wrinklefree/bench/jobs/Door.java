package dev.wrinklefree.bench.jobs;

/** Counts who goes through, and can be shut; whoever comes then waits until it is open again. */
final class Door {

  private boolean shut;
  private boolean somebodyWaits;
  private long passed;

  /** Goes through, after waiting where it is shut. */
  synchronized void pass() throws InterruptedException {
    while (shut) {
      somebodyWaits = true;
      notifyAll();
      wait();
    }
    somebodyWaits = false;
    passed++;
    notifyAll();
  }

  /** Shuts it and waits until somebody waits before it. */
  synchronized void shut() throws InterruptedException {
    shut = true;
    while (!somebodyWaits) {
      wait();
    }
  }

  /** Opens it. */
  synchronized void open() {
    shut = false;
    notifyAll();
  }

  /** Waits until that many more have gone through. */
  synchronized void awaitPasses(long more) throws InterruptedException {
    long all = passed + more;
    while (passed < all) {
      wait();
    }
  }
}
