package dev.wrinklefree.launch.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.ownership.CancelPolicy.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelPolicyTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # owner, requester, admin, trusting the topic's ACL, requiring a principal
          anna,    anna,      false, TAKEN,   TAKEN
          anna,    bert,      false, REFUSED, REFUSED
          anna,    bert,      true,  TAKEN,   TAKEN
          anna,    -,         false, TAKEN,   REFUSED
          -,       bert,      false, REFUSED, REFUSED
          -,       bert,      true,  TAKEN,   TAKEN
          -,       -,         false, TAKEN,   TAKEN
          """)
  void shouldJudgeACancelOfAKnownRun(
      @Nullable String owner,
      @Nullable String requester,
      boolean admin,
      Verdict trusting,
      Verdict requiring) {
    assertThat(trusting().ofKnownRun(owner, requester(requester, admin))).isEqualTo(trusting);
    assertThat(requiring().ofKnownRun(owner, requester(requester, admin))).isEqualTo(requiring);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          bert, false, TAKEN_FOR_NOW, TAKEN_FOR_NOW
          bert, true,  TAKEN,         TAKEN
          -,    false, TAKEN,         REFUSED
          """)
  void shouldJudgeACancelThatCameBeforeItsRun(
      @Nullable String requester, boolean admin, Verdict trusting, Verdict requiring) {
    assertThat(trusting().ofUnknownRun(requester(requester, admin))).isEqualTo(trusting);
    assertThat(requiring().ofUnknownRun(requester(requester, admin))).isEqualTo(requiring);
  }

  private static CancelPolicy trusting() {
    return new CancelPolicy(KafkaCancels.TRUST_TOPIC_ACL);
  }

  private static CancelPolicy requiring() {
    return new CancelPolicy(KafkaCancels.REQUIRE_PRINCIPAL);
  }

  private static @Nullable Requester requester(@Nullable String principal, boolean admin) {
    return principal == null ? null : new Requester(principal, admin);
  }
}
