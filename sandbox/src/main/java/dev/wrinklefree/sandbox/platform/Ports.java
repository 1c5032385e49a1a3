package dev.wrinklefree.sandbox.platform;

import dev.wrinklefree.sandbox.port.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The TCP port of everything that listens, all on the loopback address. */
public record Ports(Map<Listener, Integer> numbers) {

  private static final int MAX_PORT = 65_535;

  /** Refuses a port that cannot be and two listeners on one port. */
  public Ports {
    numbers = Map.copyOf(numbers);
    for (Listener listener : Listener.values()) {
      Integer port = numbers.get(listener);
      if (port == null || port < 1 || port > MAX_PORT) {
        throw new SetupException(
            "port %s of %s is not within 1 to %d: choose another with %s"
                .formatted(port, listener.title(), MAX_PORT, listener.option()));
      }
      for (Listener other : Listener.values()) {
        if (other.compareTo(listener) < 0 && port.equals(numbers.get(other))) {
          throw new SetupException(
              "port %d is given to both %s (%s) and %s (%s)"
                  .formatted(
                      port, other.title(), other.option(), listener.title(), listener.option()));
        }
      }
    }
  }

  /**
   * The default ports, moved and changed.
   *
   * @param offset added to every default
   * @param chosen ports that replace a default as they are
   */
  public static Ports of(int offset, Map<Listener, Integer> chosen) {
    Map<Listener, Integer> numbers = new EnumMap<>(Listener.class);
    for (Listener listener : Listener.values()) {
      numbers.put(listener, chosen.getOrDefault(listener, listener.defaultPort() + offset));
    }
    return new Ports(numbers);
  }

  /** Ports that nobody listens on now. */
  public static Ports anyFree() throws IOException {
    Iterator<Integer> free = FreePorts.find(Listener.values().length).iterator();
    Map<Listener, Integer> numbers = new EnumMap<>(Listener.class);
    for (Listener listener : Listener.values()) {
      numbers.put(listener, free.next());
    }
    return new Ports(numbers);
  }

  /** The port of one listener. */
  public int of(Listener listener) {
    return numbers.getOrDefault(listener, listener.defaultPort());
  }

  /**
   * Checks that nobody else listens on any of the ports.
   *
   * @throws SetupException that names the first taken port and the option that changes it
   */
  public void requireFree() {
    for (Listener listener : List.of(Listener.values())) {
      int port = of(listener);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        probe.getLocalPort();
      } catch (IOException e) {
        throw new SetupException(
            "port %d of %s is taken: choose another with %s, or move all ports with --port-offset"
                .formatted(port, listener.title(), listener.option()),
            e);
      }
    }
  }
}
