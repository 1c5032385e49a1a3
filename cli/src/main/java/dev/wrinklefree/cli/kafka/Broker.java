package dev.wrinklefree.cli.kafka;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/** Works with a broker, and says in one line what is wrong with it. */
final class Broker {

  private static final int CONNECT_MILLIS = 5000;

  private Broker() {}

  /** Something to do with a broker. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  /**
   * Does it.
   *
   * @throws WfException if the broker cannot be reached or refuses
   */
  static <T> T with(KafkaSettings settings, Work<T> work) throws InterruptedException {
    // Kafka's client logs through SLF4J, and SLF4J would complain that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    try {
      knock(settings);
      return work.run();
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
    } catch (AuthenticationException | AuthorizationException e) {
      throw new WfException(
          ExitCode.UNREACHABLE,
          "Kafka at %s refuses: %s".formatted(settings.bootstrapServers(), e.getMessage()));
    } catch (KafkaException e) {
      throw new WfException(
          ExitCode.UNREACHABLE,
          "Kafka at %s does not answer: %s".formatted(settings.bootstrapServers(), reason(e)));
    }
  }

  /** Kafka's client tries a broker that is not there until its time is over. */
  private static void knock(KafkaSettings settings) {
    List<InetSocketAddress> addresses =
        ClientUtils.parseAndValidateAddresses(
            List.of(settings.bootstrapServers().split("\\s*,\\s*")), "use_all_dns_ips");
    for (InetSocketAddress address : addresses) {
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        // The next one may be there.
      }
    }
    throw new WfException(
        ExitCode.UNREACHABLE,
        "Kafka at %s cannot be reached. Its address is WF_KAFKA_BOOTSTRAP_SERVERS."
            .formatted(settings.bootstrapServers()));
  }

  private static String reason(KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }
}
