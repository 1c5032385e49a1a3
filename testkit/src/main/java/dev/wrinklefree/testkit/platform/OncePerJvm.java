package dev.wrinklefree.testkit.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Starts something once per JVM. Quarkus loads test classes by several class loaders, each with
 * static fields of its own; the JVM's system properties are what they all share.
 */
final class OncePerJvm {

  private OncePerJvm() {}

  /**
   * The address of what was started under that property, by this call or by an earlier one.
   *
   * @param property system property that keeps the address
   * @param starter starts it; what it starts is closed when the JVM ends
   */
  static String address(String property, Starter starter) {
    synchronized (System.getProperties()) {
      String known = System.getProperty(property);
      if (known != null) {
        return known;
      }
      try {
        Started started = starter.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started.resource())));
        System.setProperty(property, started.address());
        return started.address();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @SuppressWarnings("SystemOut") // a JVM that is ending has no logger any more
  private static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException | RuntimeException | LinkageError e) {
      System.err.println("test platform was not closed cleanly: " + e);
    }
  }

  /** Starts it and says where it is. */
  @FunctionalInterface
  interface Starter {
    Started start() throws IOException;
  }

  /**
   * What was started.
   *
   * @param address where it is
   * @param resource closes it
   */
  record Started(String address, Closeable resource) {}
}
