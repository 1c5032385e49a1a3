package dev.wrinklefree.sandbox.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far, closed in reverse order. Something that comes up while or after the
 * rest is closed, as happens on Ctrl-C during the start, is closed at once.
 */
final class CloseStack implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(CloseStack.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  <T extends AutoCloseable> T push(T resource) {
    synchronized (this) {
      if (!closed) {
        started.push(resource);
        return resource;
      }
    }
    close(resource);
    throw new IllegalStateException("the platform is being stopped");
  }

  /** Closes everything once; a second caller waits until that is done. */
  @Override
  public synchronized void close() {
    closed = true;
    while (!started.isEmpty()) {
      close(started.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOGGER.warn("could not close {}", resource, e);
    }
  }
}
