package dev.wrinklefree.contract.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  private final ObjectMapper mapper = ContractJson.mapper();

  @Test
  void isADecimalStringWithACurrencyOnTheWire() throws Exception {
    assertThat(mapper.writeValueAsString(Money.usd("20")))
        .isEqualTo("{\"amount\":\"20.00\",\"currency\":\"USD\"}");
  }

  @Property(seed = "20261123")
  void readsBackExactlyAndNeverInScientificNotation(
      @ForAll @BigRange(min = "-1000000000", max = "1000000000") @Scale(6) BigDecimal amount)
      throws Exception {
    Money money = new Money(amount, "USD");
    String json = mapper.writeValueAsString(money);

    assertThat(json).containsPattern("\"amount\":\"-?[0-9]+\\.[0-9]{2,}\"");
    assertThat(mapper.readValue(json, Money.class)).isEqualTo(money);
    assertThat(money.amount()).isEqualByComparingTo(amount);
  }

  @Test
  void equalAmountsAreEqualHoweverTheyAreSpelled() {
    assertThat(Money.usd("6")).isEqualTo(Money.usd("6.000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e50000000", "-1e50000000", "1e-50000000", "1e18", "1e-19"})
  @Timeout(10)
  void refusesAnAmountOfAbsurdLengthBeforeItIsWrittenOut(String amount) {
    String json = "{\"amount\":\"" + amount + "\",\"currency\":\"USD\"}";

    assertThatThrownBy(() -> mapper.readValue(json, Money.class))
        .isInstanceOf(ValueInstantiationException.class)
        .hasMessageContaining("amount must have at most 18 digits");
  }

  @Test
  void zeroIsZeroWhateverItsExponent() {
    assertThat(Money.usd("0e50000000")).isEqualTo(Money.usd("0"));
  }

  @Test
  void refusesToAddAnotherCurrency() {
    assertThatThrownBy(() -> Money.usd("1").plus(new Money(BigDecimal.ONE, "EUR")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot add EUR to USD");
  }

  @Test
  void aSecondOfOneGpuIsNotLost() {
    BigDecimal secondOfAnHour = new BigDecimal("0.000277777778");
    assertThat(Money.usd("3.85").times(secondOfAnHour)).isEqualTo(Money.usd("0.001069"));
  }
}
