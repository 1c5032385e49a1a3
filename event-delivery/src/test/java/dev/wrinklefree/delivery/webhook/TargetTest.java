package dev.wrinklefree.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where webhooks may go. */
class TargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2001::1",
        "64:ff9b::7f00:1",
        "::ffff:127.0.0.1",
        "::127.0.0.1"
      })
  void addressesThatOnlyTheServiceReachesAreNotPublic(String address) throws UnknownHostException {
    assertThat(AddressRule.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "192.0.3.1", "2600:1901::1"})
  void othersArePublic(String address) throws UnknownHostException {
    assertThat(AddressRule.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void readsWhatIsNeededToAsk() {
    TargetUrl url = TargetUrl.parse("HTTPS://Hooks.Example.COM/in?a=b%20c");
    assertThat(url.isTls()).isTrue();
    assertThat(url.host()).isEqualTo("hooks.example.com");
    assertThat(url.port()).isEqualTo(443);
    assertThat(url.pathAndQuery()).isEqualTo("/in?a=b%20c");
    assertThat(TargetUrl.parse("http://[::1]:8080").host()).isEqualTo("::1");
    assertThat(TargetUrl.parse("http://h").pathAndQuery()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks",
        "/in",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://",
        "https:///in",
        "https://user:password@example.com/",
        "https://example.com/#part",
        "https://example.com:0/",
        "https://example.com:70000/",
        "https://exa mple.com/",
        "javascript:alert(1)"
      })
  void refusesWhatIsNoSuchAddress(String text) {
    assertThatThrownBy(() -> TargetUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
