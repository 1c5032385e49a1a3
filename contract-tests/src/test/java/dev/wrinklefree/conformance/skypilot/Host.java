package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrinklefree.skypilot.connection.Authentication;
import java.net.URI;

/** What runs a server of the contract, and can do to it what no caller can. */
interface Host extends AutoCloseable {

  /** Where it listens; the same after a restart. */
  URI endpoint();

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
