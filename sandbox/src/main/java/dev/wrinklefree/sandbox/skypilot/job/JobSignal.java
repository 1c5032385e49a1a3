package dev.wrinklefree.sandbox.skypilot.job;

import java.util.concurrent.CompletableFuture;

/** What may happen to a job from outside its controller. */
sealed interface JobSignal {

  /** Someone asked for its cancellation. */
  record Cancel() implements JobSignal {}

  /** Its machine is taken away; answered with whether there was one. */
  record Preempt(CompletableFuture<Boolean> answer) implements JobSignal {}

  /** A script of its ended; it may be one of an earlier machine. */
  record Exited(long scriptId, int exitCode) implements JobSignal {}

  /** The server closes. */
  record Close() implements JobSignal {}
}
