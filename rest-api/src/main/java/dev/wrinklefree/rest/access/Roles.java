package dev.wrinklefree.rest.access;

import java.util.Set;

/**
 * The roles that a caller may have. An endpoint names every role that may use it, so that what is
 * allowed can be read where it is served, and a provider's roles can be mapped to one of these.
 */
public final class Roles {

  /** Reads everything: runs, jobs, logs, checkpoints, costs. */
  public static final String VIEWER = "viewer";

  /** Reads, launches, and cancels the runs that it owns. */
  public static final String LAUNCHER = "launcher";

  /** Reads, launches for anybody, and cancels any run. */
  public static final String ADMIN = "admin";

  /** All of them. */
  public static final Set<String> ALL = Set.of(VIEWER, LAUNCHER, ADMIN);

  private Roles() {}
}
