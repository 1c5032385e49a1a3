package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A part that can be started again and again on the same data. */
interface Machine {

  /** Starts it, and returns as soon as there is something that can be killed. */
  Incarnation start() throws IOException;

  /** One life of a part. */
  interface Incarnation {

    /**
     * Waits until it serves.
     *
     * @throws StartException if it ends before or takes too long
     */
    void awaitReady() throws StartException, InterruptedException;

    /** Kills it with {@code SIGKILL}, and all its processes, and returns when they are gone. */
    void kill() throws IOException;

    /** Asks it to end and waits until it has; kills it if that takes more than 12 s. */
    void stop() throws IOException, InterruptedException;

    /** Completes with a report when it ends in any way. */
    CompletableFuture<String> death();
  }
}
