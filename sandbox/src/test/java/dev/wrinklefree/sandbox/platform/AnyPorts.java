package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Ports that nobody had a moment ago. */
public final class AnyPorts {

  private AnyPorts() {}

  /** A free port for every listener, but a given one for one of them. */
  public static Ports withOneOf(Listener listener, int port) throws IOException {
    Map<Listener, Integer> numbers = new EnumMap<>(Ports.anyFree().numbers());
    numbers.put(listener, port);
    return Ports.of(0, numbers);
  }
}
