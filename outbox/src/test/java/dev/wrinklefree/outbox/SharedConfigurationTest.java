package dev.wrinklefree.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.testkit.ConnectorAttributes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SharedConfigurationTest {

  @Test
  void setsOnlyChannelAttributesThatSomethingReads() throws IOException {
    assertThat(ConnectorAttributes.unknownInConfigurationFiles()).isEmpty();
  }
}
