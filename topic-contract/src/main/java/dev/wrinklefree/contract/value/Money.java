package dev.wrinklefree.contract.value;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of money; on the wire {@code {"amount": "6.13", "currency": "USD"}}.
 *
 * @param amount a decimal string on the wire, never a JSON number; written with at least two
 *     decimals
 * @param currency ISO 4217 code, for example {@code USD}
 */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

  /**
   * Decimals of a computed amount: a millionth of a dollar, so that a second of one GPU is not
   * lost.
   */
  public static final int COMPUTED_SCALE = 6;

  private static final int CURRENCY_CODE_LENGTH = 3;

  /** Without a limit, the ten characters {@code 1e99999999} would be written out as digits. */
  private static final int MAX_DIGITS = 18;

  /**
   * @throws IllegalArgumentException if {@code currency} is not three capital letters, or {@code
   *     amount} has more than 18 digits before or after the point
   */
  public Money {
    if (currency.length() != CURRENCY_CODE_LENGTH
        || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw new IllegalArgumentException("currency must be an ISO 4217 code such as USD");
    }
    // One spelling per amount: 6, 6.0 and 6.00 are the same money and must be the same bytes.
    amount = amount.stripTrailingZeros();
    if (amount.precision() - (long) amount.scale() > MAX_DIGITS || amount.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "amount must have at most " + MAX_DIGITS + " digits before and after the point");
    }
    if (amount.scale() < 2) {
      amount = amount.setScale(2, RoundingMode.UNNECESSARY);
    }
  }

  /** US dollars, from a decimal string such as {@code "6.13"}. */
  public static Money usd(String amount) {
    return new Money(new BigDecimal(amount), "USD");
  }

  /**
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
    }
    return new Money(amount.add(other.amount), currency);
  }

  /** This amount times {@code factor}, rounded half up to {@link #COMPUTED_SCALE} decimals. */
  public Money times(BigDecimal factor) {
    return new Money(
        amount.multiply(factor).setScale(COMPUTED_SCALE, RoundingMode.HALF_UP), currency);
  }
}
