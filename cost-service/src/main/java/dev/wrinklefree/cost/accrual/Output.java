package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.event.CostUpdated.UnitCosts;
import dev.wrinklefree.contract.value.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a run has brought forth. Steps and tokens are the highest seen: a recovered run that starts
 * again has to reach them anew before it brings forth more.
 *
 * @param checkpoints complete checkpoints written
 * @param steps the highest step; absent while none is known
 * @param tokens the most tokens; absent while none are known
 */
public record Output(int checkpoints, @Nullable Long steps, @Nullable Long tokens) {

  /** Nothing yet. */
  public static final Output NONE = new Output(0, null, null);

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** With one more checkpoint. */
  public Output withCheckpoint(@Nullable Long step) {
    return new Output(checkpoints + 1, highest(steps, step), tokens);
  }

  /** With what the training tells of itself. */
  public Output withProgress(@Nullable Long step, @Nullable Long processed) {
    return new Output(checkpoints, highest(steps, step), highest(tokens, processed));
  }

  /** What one of each cost. */
  UnitCosts costs(Money spent) {
    return new UnitCosts(
        checkpoints,
        steps,
        tokens,
        per(spent, BigDecimal.ONE, (long) checkpoints),
        per(spent, THOUSAND, steps),
        per(spent, MILLION, tokens));
  }

  private static @Nullable Money per(Money spent, BigDecimal unit, @Nullable Long count) {
    if (count == null || count == 0) {
      return null;
    }
    return new Money(
        spent
            .amount()
            .multiply(unit)
            .divide(BigDecimal.valueOf(count), Money.COMPUTED_SCALE, RoundingMode.HALF_UP),
        spent.currency());
  }

  private static @Nullable Long highest(@Nullable Long one, @Nullable Long other) {
    if (one == null || (other != null && other > one)) {
      return other != null && other >= 0 ? other : one;
    }
    return one;
  }
}
