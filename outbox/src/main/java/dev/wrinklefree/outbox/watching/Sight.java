package dev.wrinklefree.outbox.watching;

import java.time.Instant;

/** Whether a watch sees anything. */
sealed interface Sight {

  /** Reads succeed, or it is too early to say. */
  record Clear() implements Sight {}

  /**
   * No read has succeeded for too long.
   *
   * @param since the last successful read, or this process's start if none is known
   * @param reason the last failure, or that none was recorded: then nobody reads at all
   */
  record Blind(Instant since, String reason) implements Sight {}

  /**
   * Judges a watch.
   *
   * @param startedAt when this process started: what was recorded before a standstill of the whole
   *     service is not held against it for the first {@link Watch#patience()}
   */
  static Sight of(Watch watch, WatchState state, Instant startedAt, Instant now) {
    Instant seen = state.lastSuccessAt();
    Instant countsFrom = seen == null || seen.isBefore(startedAt) ? startedAt : seen;
    if (now.isBefore(countsFrom.plus(watch.patience()))) {
      return new Clear();
    }
    String failure = state.isFailing() ? state.lastFailure() : null;
    return new Blind(
        seen == null ? startedAt : seen, failure == null ? "no read was attempted" : failure);
  }
}
