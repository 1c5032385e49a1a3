package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.chaos.part.Part;
import dev.wrinklefree.sandbox.platform.Listener;
import dev.wrinklefree.sandbox.platform.Ports;
import dev.wrinklefree.sandbox.port.FreePorts;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The ports of everything that is killed and must come back on the same one. */
final class Sockets {

  static final String KAFKA = "kafka";
  static final String POSTGRES = "postgres";
  static final String SKYPILOT = "skypilot";

  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<Part, Ports> byService = new EnumMap<>(Part.class);

  private Sockets() {}

  /** Ports that nobody listens on now. */
  static Sockets free() throws IOException {
    List<String> servers = List.of(KAFKA, POSTGRES, SKYPILOT);
    List<Part> services = Arrays.stream(Part.values()).filter(Part::isService).toList();
    Listener[] listeners = Listener.values();
    Iterator<Integer> free =
        FreePorts.find(servers.size() + services.size() * (1 + listeners.length)).iterator();
    Sockets sockets = new Sockets();
    servers.forEach(server -> sockets.byName.put(server, free.next()));
    for (Part service : services) {
      sockets.byName.put(door(service), free.next());
      Map<Listener, Integer> numbers = new EnumMap<>(Listener.class);
      for (Listener listener : listeners) {
        numbers.put(listener, free.next());
      }
      sockets.byService.put(service, Ports.of(0, numbers));
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
}
