package dev.wrinklefree.sandbox.port;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that start later, or that stop and come back on the same one.
 *
 * <p>They lie below those that systems give to outgoing connections and to servers that ask for any
 * port (from 32768 on Linux, from 49152 elsewhere): such a one could take a port between its
 * finding and its use. They are drawn by chance, so that two processes which look at the same time
 * do not find the same ones.
 */
public final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int MOST_TRIES = 10_000;

  private FreePorts() {}

  /**
   * Finds a port of the loopback address.
   *
   * @throws IOException as {@link #find(int)}
   */
  public static int find() throws IOException {
    return find(1).getFirst();
  }

  /**
   * Finds different ports of the loopback address that nobody listens on now.
   *
   * @throws IOException if there are not so many, or the address cannot be listened on
   */
  public static List<Integer> find(int count) throws IOException {
    List<ServerSocket> probes = new ArrayList<>();
    try {
      for (int tries = 0; probes.size() < count && tries < MOST_TRIES; tries++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
        try {
          // All stay open until all are found, so that none is found twice.
          probes.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
          // Somebody has it.
        }
      }
      if (probes.size() < count) {
        throw new IOException(
            "there are no %d free ports between %d and %d".formatted(count, FIRST, LAST));
      }
      return probes.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket probe : probes) {
        probe.close();
      }
    }
  }
}
