package dev.wrinklefree.outbox.watching;

import java.time.Instant;

/**
 * Where a watcher says how its reads went. Cheap enough to be told of every read: a result like the
 * one before is written at most twice per interval, a change of result at once. Never fails: a
 * database that takes no record is told by its own readiness check.
 */
public interface WatchRecord {

  /**
   * A whole read succeeded, or there was nothing to read.
   *
   * @param at when it was over
   */
  void succeeded(Watch watch, Instant at);

  /**
   * A read brought nothing, or not all.
   *
   * @param reason for people, in a few words and without secrets; cut at {@value
   *     WatchState#MAX_REASON} characters
   * @param at when it failed
   */
  void failed(Watch watch, String reason, Instant at);
}
