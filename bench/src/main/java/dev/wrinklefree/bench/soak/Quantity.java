package dev.wrinklefree.bench.soak;

/** What is watched of each service, and when it counts as flat. */
enum Quantity {
  /** Resident memory in MiB. A JVM goes on compiling and its heap breathes: a tenth is no leak. */
  MEMORY("memory", "MiB", 0.10, 0),
  /** Threads of the process. */
  THREADS("threads", "", 0.05, 2),
  /** Open file descriptors, sockets among them. */
  FILES("open files", "", 0.05, 10),
  /** Connections to the service's database. */
  CONNECTIONS("connections", "", 0, 1),
  /** Records that the service has still to read. */
  LAG("lag", "records", 0, 100),
  /** Events that are committed and not yet on the broker. */
  BACKLOG("outbox", "rows", 0, 100),
  /** Work that is due or planned, of db-scheduler. */
  WORK("work", "rows", 0.05, 100),
  /**
   * What the database holds for each run that it ever had, in KiB: history may grow by runs alone.
   */
  TABLES("tables per run", "KiB", 0.05, 0);

  private final String title;
  private final String unit;
  private final double share;
  private final double slack;

  Quantity(String title, String unit, double share, double slack) {
    this.title = title;
    this.unit = unit;
    this.share = share;
    this.slack = slack;
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  /** Whether the last third is not above the middle one by more than is allowed. */
  boolean isFlat(Series series) {
    return series.last() <= series.middle() * (1 + share) + slack;
  }
}
