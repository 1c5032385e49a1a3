package dev.wrinklefree.skypilot.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SkyPilotSettingsTest {
  private static final UserIdentity ANN = new UserIdentity("ab12cd34", "ann");

  @Test
  void noCredentialIsEverPrinted() {
    SkyPilotSettings settings = SkyPilotSettings.of(URI.create("https://sky.example/p/"), ANN);
    assertThat(settings.withAuthentication(new Authentication.Basic("ann", "s3cret")))
        .asString()
        .contains("user=ann")
        .doesNotContain("s3cret");
    assertThat(settings.withAuthentication(new Authentication.Bearer("sky_s3cret")))
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void dropsTrailingSlashesOfTheEndpoint() {
    assertThat(SkyPilotSettings.of(URI.create("http://h:46580//"), ANN).endpoint())
        .isEqualTo(URI.create("http://h:46580"));
    assertThat(SkyPilotSettings.of(URI.create("https://h/a/b/"), ANN).endpoint())
        .isEqualTo(URI.create("https://h/a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://ann:s3cret@h", "ftp://h", "h:46580", "http:///p", "http://h?q=s3cret"})
  void refusesWhatIsNoPlainHttpAddressWithoutRepeatingIt(String endpoint) {
    assertThatThrownBy(() -> SkyPilotSettings.of(URI.create(endpoint), ANN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("endpoint must")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a_b", "ü", "a\n"})
  void refusesUserIdsThatTheServerRefuses(String id) {
    assertThatThrownBy(() -> new UserIdentity(id, "ann"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sky abc", "sky\r\nX-Evil: 1"})
  void refusesTokensThatWouldBreakTheHeader(String token) {
    assertThatThrownBy(() -> new Authentication.Bearer(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("Evil");
  }

  @Test
  void refusesWaitsThatMakeNoSense() {
    assertThatThrownBy(() -> Timeouts.DEFAULT.withPoll(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Timeouts.DEFAULT.withConnect(Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pausesGrowToTheirCapAndSpreadAroundIt() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 3);
    assertThat(backoff.pause(1)).isBetween(Duration.ofMillis(600), Duration.ofMillis(1_400));
    assertThat(backoff.pause(3)).isBetween(Duration.ofMillis(1_536), Duration.ofMillis(3_584));
    assertThat(backoff.pause(1_000)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(14));
    assertThat(backoff.exhausted(2)).isFalse();
    assertThat(backoff.exhausted(3)).isTrue();
  }
}
