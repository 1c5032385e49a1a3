package dev.wrinklefree.chaos.wire;

/** Sees every message before it passes a proxy, and decides what becomes of it. Thread-safe. */
@FunctionalInterface
public interface Toll {

  /**
   * Decides about one message. May block: the message waits, and all that follows it on its
   * connection and in its direction.
   */
  Verdict of(Passage passage);

  /**
   * A message at a proxy.
   *
   * @param link which proxy
   * @param openedNanos when its connection was opened, by {@link System#nanoTime()}
   * @param message what wants to pass
   */
  record Passage(Link link, long openedNanos, Message message) {}

  /** What becomes of a message. */
  sealed interface Verdict {}

  /** It passes. */
  record Pass() implements Verdict {}

  /**
   * It passes, and then something is done before anything else passes.
   *
   * @param action what
   */
  record PassThen(Runnable action) implements Verdict {}

  /** It is dropped and its connection is closed on both sides. */
  record Cut() implements Verdict {}
}
