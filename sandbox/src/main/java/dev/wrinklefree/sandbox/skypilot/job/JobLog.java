package dev.wrinklefree.sandbox.skypilot.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log file that grows and can be followed. Thread-safe. Holds a file open only while it grows.
 */
public final class JobLog {

  private static final int BUFFER_BYTES = 8192;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable FileChannel appender;
  private long length;
  private boolean complete;

  JobLog(Path file, boolean complete) {
    this.file = file;
    this.complete = complete;
    try {
      this.length = Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Adds a line of the server's own. */
  void line(String text) {
    append((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Copies a process's output until its end and puts the prefix before each line, as it comes: an
   * unfinished line is visible at once.
   */
  void pump(InputStream output, String prefix) throws IOException {
    byte[] prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean lineStart = true;
    for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
      ByteArrayOutputStream prefixed = new ByteArrayOutputStream(read + prefixBytes.length);
      for (int i = 0; i < read; i++) {
        if (lineStart) {
          prefixed.writeBytes(prefixBytes);
        }
        prefixed.write(buffer[i]);
        lineStart = buffer[i] == '\n';
      }
      append(prefixed.toByteArray());
    }
    if (!lineStart) {
      append(new byte[] {'\n'});
    }
  }

  private void append(byte[] bytes) {
    lock.lock();
    try {
      if (complete) {
        return;
      }
      if (appender == null) {
        appender =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        length += appender.write(buffer);
      }
      changed.signalAll();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing will be added any more. */
  void complete() {
    lock.lock();
    try {
      complete = true;
      if (appender != null) {
        appender.close();
        appender = null;
      }
      changed.signalAll();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will be added after the given position. */
  public boolean exhausted(long position) {
    lock.lock();
    try {
      return complete && position >= length;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is more after a position, the log is complete or nobody wants it any more.
   *
   * @param unwanted looked at after each {@link #wake()}
   * @return false when the time was over first
   */
  public boolean await(long position, Duration atMost, BooleanSupplier unwanted)
      throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (length <= position && !complete && !unwanted.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Makes those who wait look again whether they still want to. */
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes written so far. */
  public long length() {
    lock.lock();
    try {
      return length;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what is there after a position.
   *
   * @return at most 8 KiB; empty when there is nothing yet
   */
  public byte[] read(long position) throws IOException {
    return read(position, (int) Math.min(BUFFER_BYTES, length() - position));
  }

  /** Position at which the last lines begin; the start of the file when it has fewer. */
  public long tailPosition(int lines) throws IOException {
    byte[] all = read(0, (int) Math.min(length(), Integer.MAX_VALUE - 8));
    int seen = 0;
    // The last byte ends the last line, so it does not begin another.
    for (int i = all.length - 2; i >= 0; i--) {
      if (all[i] == '\n' && ++seen == lines) {
        return i + 1L;
      }
    }
    return 0;
  }

  private byte[] read(long position, int bytes) throws IOException {
    if (bytes <= 0) {
      return new byte[0];
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer, position + buffer.position());
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}
