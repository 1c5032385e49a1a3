package dev.wrinklefree.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.SkyPilotSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkyPilotSettingsReaderTest {
  private static final int CONVERTER_PRIORITY = 200;

  @Test
  void defaultsReachALocalServerWithoutAuthentication() {
    SkyPilotSettings settings = read();

    assertThat(settings.endpoint()).hasToString("http://localhost:46580");
    assertThat(settings.authentication()).isEqualTo(new Authentication.None());
    assertThat(settings.timeouts().deadline()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void tokenAndPasswordAreUsed() {
    assertThat(read("token", "sky_abc").authentication())
        .isEqualTo(new Authentication.Bearer("sky_abc"));
    assertThat(read("username", "dana", "password", "secret").authentication())
        .isEqualTo(new Authentication.Basic("dana", "secret"));
  }

  @Test
  void contradictionIsRefusedByTheNameOfTheProperty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("username", "dana"))
        .withMessageContaining("wf.skypilot.password");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("token", "t", "username", "dana", "password", "secret"))
        .withMessageContaining("wf.skypilot.token");
  }

  private static SkyPilotSettings read(String... pairs) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put("wf.skypilot." + pairs[i], pairs[i + 1]);
    }
    return SkyPilotSettingsReader.read(
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
            .withMapping(SkyPilotConfig.class)
            .withDefaultValues(properties)
            .build()
            .getConfigMapping(SkyPilotConfig.class));
  }
}
