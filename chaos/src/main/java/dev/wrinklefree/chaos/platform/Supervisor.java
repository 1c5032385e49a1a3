package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.measure.Recoveries;
import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one part running, as Kubernetes does: what ends is started again, whoever ended it.
 * Thread-safe.
 */
public final class Supervisor {

  private static final Logger LOGGER = LoggerFactory.getLogger(Supervisor.class);

  private final Part part;
  private final Machine machine;
  private final Recoveries recoveries;
  private final List<String> ownDeaths = new ArrayList<>();
  private Machine.@Nullable Incarnation current;
  private CompletableFuture<Void> ready = new CompletableFuture<>();

  Supervisor(Part part, Machine machine, Recoveries recoveries) {
    this.part = part;
    this.machine = machine;
    this.recoveries = recoveries;
  }

  /** Which part. */
  public Part part() {
    return part;
  }

  /** Starts it; {@link #ready()} tells when it serves. */
  public synchronized void start() throws IOException {
    begin();
  }

  /** Whether it runs, or is being started again. */
  public synchronized boolean isWanted() {
    return current != null;
  }

  /** Completes when the present incarnation serves. */
  public synchronized CompletableFuture<Void> ready() {
    return ready;
  }

  /** Kills it and starts it again at once; returns when it is dead. */
  public synchronized void kill(String cause) {
    Machine.Incarnation victim = current;
    if (victim != null) {
      recoveries.killed(part, cause);
      end(victim);
      restart();
    }
  }

  /** Kills it and leaves it dead until {@link #start()}. */
  public synchronized void killForGood(String cause) {
    Machine.Incarnation victim = current;
    if (victim != null) {
      recoveries.killedForGood(part, cause);
      end(victim);
    }
  }

  /** Asks it to end, and waits. */
  public void stop() throws IOException, InterruptedException {
    Machine.Incarnation ending;
    synchronized (this) {
      ending = current;
      current = null;
    }
    if (ending != null) {
      ending.stop();
    }
  }

  /** Reports of the times when it ended by itself. */
  public synchronized List<String> ownDeaths() {
    return List.copyOf(ownDeaths);
  }

  private void end(Machine.Incarnation victim) {
    current = null;
    try {
      victim.kill();
    } catch (IOException e) {
      LOGGER.warn("{} was killed, and something of it could not be put away", part.title(), e);
    }
  }

  private void restart() {
    try {
      begin();
    } catch (IOException e) {
      LOGGER.error("{} cannot be started again", part.title(), e);
      ready.completeExceptionally(e);
    }
  }

  private void begin() throws IOException {
    ready = new CompletableFuture<>();
    Machine.Incarnation started = machine.start();
    current = started;
    CompletableFuture<Void> itsReady = ready;
    Thread.ofVirtual().start(() -> awaitReady(started, itsReady));
    // On a thread of its own: the one that tells of deaths must not wait for whoever kills now.
    started.death().thenAcceptAsync(report -> died(started, report), Thread::startVirtualThread);
  }

  private void awaitReady(Machine.Incarnation started, CompletableFuture<Void> itsReady) {
    try {
      started.awaitReady();
      synchronized (this) {
        if (current == started) {
          recoveries.ready(part);
        }
      }
      itsReady.complete(null);
    } catch (StartException e) {
      itsReady.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void died(Machine.Incarnation dead, String report) {
    if (current != dead) {
      return;
    }
    LOGGER.warn("{} ended by itself: {}", part.title(), report);
    ownDeaths.add(report);
    current = null;
    restart();
  }
}
