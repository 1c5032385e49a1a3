package dev.wrinklefree.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumaneTest {

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "59,59s",
    "60,1m 00s",
    "725,12m 05s",
    "11220,3h 07m",
    "187200,2d 04h",
    "-5,0s"
  })
  void durationsAreShort(long seconds, String shown) {
    assertThat(Humane.duration(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "807301156,769.9 MiB",
    "25769803776,24.0 GiB"
  })
  void sizesAreBinary(long bytes, String shown) {
    assertThat(Humane.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"6.125,$6.13", "0.00,$0.00", "0.004213,$0.0042"})
  void moneyIsRoundedToCentsButNeverToNothing(String amount, String shown) {
    var money = new ObjectMapper().createObjectNode().put("amount", amount).put("currency", "USD");
    assertThat(Humane.money(money)).isEqualTo(shown);
  }

  @Test
  void absentMoneyIsNotZero() {
    assertThat(Humane.money(new ObjectMapper().missingNode())).isEmpty();
  }
}
