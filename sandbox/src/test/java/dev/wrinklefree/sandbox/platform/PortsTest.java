package dev.wrinklefree.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortsTest {

  @Test
  void anOffsetMovesDefaultsButNotWhatWasChosen() {
    Ports ports = Ports.of(1_000, Map.of(Listener.GCS, 4_000));

    assertThat(ports.of(Listener.KAFKA)).isEqualTo(10_092);
    assertThat(ports.of(Listener.COST_MANAGEMENT)).isEqualTo(10_084);
    assertThat(ports.of(Listener.GCS)).isEqualTo(4_000);
  }

  @Test
  void twoListenersCannotShareAPort() {
    assertThatThrownBy(() -> Ports.of(0, Map.of(Listener.GCS, 9_092)))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "port 9092 is given to both Kafka (--kafka-port) and Cloud Storage (--gcs-port)");
  }

  @Test
  void anImpossiblePortIsRefusedWithItsOption() {
    assertThatThrownBy(() -> Ports.of(60_000, Map.of()))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("69092")
        .hasMessageContaining("--kafka-port");
  }

  @ParameterizedTest
  @EnumSource
  void aTakenPortIsNamedTogetherWithItsOption(Listener taken) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = AnyPorts.withOneOf(taken, other.getLocalPort());

      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("port " + other.getLocalPort() + " of " + taken.title())
          .hasMessageContaining(taken.option());
    }
  }

  @Test
  void freePortsPass() throws Exception {
    Ports ports = Ports.anyFree();

    assertThatCode(ports::requireFree).doesNotThrowAnyException();
  }
}
