package dev.wrinklefree.skypilot.logs;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands a response body to a blocking reader, one piece at a time: no more is asked for before the
 * last was taken, so a slow reader slows the server down instead of filling our memory. Unlike an
 * {@code InputStream} it can be waited for with a limit.
 */
final class ChunkQueue implements Flow.Subscriber<List<ByteBuffer>> {
  private final LinkedBlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
  private Flow.@Nullable Subscription subscription;
  private boolean cancelled;

  /** The next piece; {@link Chunk.Lost} if none comes in time. */
  Chunk take(Duration limit) throws InterruptedException {
    Chunk chunk = chunks.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (chunk == null) {
      return new Chunk.Lost("no byte within " + limit);
    }
    if (chunk instanceof Chunk.Bytes) {
      requestOne();
    }
    return chunk;
  }

  /** Closes the connection and wakes the reader. */
  void cancel() {
    Flow.Subscription current;
    synchronized (this) {
      cancelled = true;
      current = subscription;
    }
    if (current != null) {
      current.cancel();
    }
    chunks.add(new Chunk.Closed());
  }

  @Override
  public void onSubscribe(Flow.Subscription value) {
    boolean tooLate;
    synchronized (this) {
      subscription = value;
      tooLate = cancelled;
    }
    if (tooLate) {
      value.cancel();
    } else {
      value.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    chunks.add(new Chunk.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    chunks.add(new Chunk.Lost(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
  }

  @Override
  public void onComplete() {
    chunks.add(new Chunk.End());
  }

  private void requestOne() {
    Flow.Subscription current;
    synchronized (this) {
      current = subscription;
    }
    if (current != null) {
      current.request(1);
    }
  }
}
