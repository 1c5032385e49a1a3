package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrinklefree.skypilot.connection.Authentication;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What runs a server of the contract, and can do to it what no caller can. */
interface Host extends AutoCloseable {

  /** Where it listens; the same after a restart. */
  URI endpoint();

  /** Whether it has a machine that takes jobs. */
  boolean runsJobs();

  /**
   * The statuses that a job was in, each once, in order.
   *
   * @param watched those that a watcher saw who looked every {@link #glance()}
   */
  List<String> statuses(long jobId, List<String> watched);

  /** How often a watcher looks at the queue. */
  Duration glance();

  /** Ends the server and starts it again on what it kept. */
  void restart();

  /**
   * Puts jobs into the server's own table, by its own means, without running any.
   *
   * @param rows jobs by the queue's columns
   */
  void fill(ArrayNode rows);

  /** The same kind of server, which lets in only who proves who they are; started once. */
  Guarded guarded();

  @Override
  void close();

  /**
   * A server that lets in only who proves who they are.
   *
   * @param basic what stands in front of it wants a user and a password
   * @param token what stands in front of it wants a service account's token
   */
  record Guarded(Door basic, Door token) {}

  /**
   * One way into a guarded server.
   *
   * @param endpoint address
   * @param key what opens it
   */
  record Door(URI endpoint, Authentication key) {}
}
