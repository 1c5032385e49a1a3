package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.sandbox.platform.Listener;
import dev.wrinklefree.sandbox.platform.Ports;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ports of everything that is killed and must come back on the same one. They lie below those
 * that systems give to outgoing connections: such a one could take the port of a server that is
 * down.
 */
final class Sockets {

  static final String KAFKA = "kafka";
  static final String POSTGRES = "postgres";
  static final String SKYPILOT = "skypilot";

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<Part, Ports> byService = new EnumMap<>(Part.class);
  private int next = FIRST;

  private Sockets() {}

  /** Ports that nobody listens on now. */
  static Sockets free() throws IOException {
    Sockets sockets = new Sockets();
    List<ServerSocket> probes = new ArrayList<>();
    try {
      for (String server : List.of(KAFKA, POSTGRES, SKYPILOT)) {
        sockets.byName.put(server, sockets.take(probes));
      }
      for (Part part : Part.values()) {
        if (part.isService()) {
          sockets.byName.put(door(part), sockets.take(probes));
          Map<Listener, Integer> numbers = new EnumMap<>(Listener.class);
          for (Listener listener : Listener.values()) {
            numbers.put(listener, sockets.take(probes));
          }
          sockets.byService.put(part, Ports.of(0, numbers));
        }
      }
    } finally {
      for (ServerSocket probe : probes) {
        probe.close();
      }
    }
    return sockets;
  }

  /** The name of the broker's listener behind a service's proxy. */
  static String door(Part service) {
    return "DOOR" + service.ordinal();
  }

  /** The port of a server or of one of the broker's doors. */
  int of(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /** The ports of a service; it uses two of them. */
  Ports ports(Part service) {
    return Objects.requireNonNull(byService.get(service), service.title());
  }

  private int take(List<ServerSocket> probes) throws IOException {
    while (next < LAST) {
      int port = next++;
      try {
        // All stay open until all are chosen.
        probes.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        return port;
      } catch (BindException e) {
        // Somebody has it.
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + LAST);
  }
}
