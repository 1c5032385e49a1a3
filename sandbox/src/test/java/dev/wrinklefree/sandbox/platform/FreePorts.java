package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Ports that nobody had a moment ago. */
public final class FreePorts {

  private FreePorts() {}

  /** A free port for every listener. */
  public static Ports all() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    Map<Listener, Integer> numbers = new EnumMap<>(Listener.class);
    try {
      for (Listener listener : Listener.values()) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        numbers.put(listener, socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return Ports.of(0, numbers);
  }

  /** The same with a given port for one listener. */
  public static Ports withOneOf(Listener listener, int port) throws IOException {
    Map<Listener, Integer> numbers = new EnumMap<>(all().numbers());
    numbers.put(listener, port);
    return Ports.of(0, numbers);
  }
}
