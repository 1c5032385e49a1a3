package dev.wrinklefree.rest.access;

/** Who makes the present request; it is authenticated, since every endpoint needs a role. */
public interface Caller {

  /** The name of the token's principal: what a run's owner is called. */
  String principal();

  /** Whether the caller may act on the runs of others. */
  boolean isAdmin();
}
