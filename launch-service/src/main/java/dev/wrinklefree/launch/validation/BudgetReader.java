package dev.wrinklefree.launch.validation;

import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a budget: exact money, never a floating-point number. */
final class BudgetReader {

  /** Prices are kept in this one. */
  private static final String CURRENCY = "USD";

  /** Nine digits before the point is more than any GPU; six after it is {@link Money}'s scale. */
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");

  private BudgetReader() {}

  static Optional<Budget> read(Fields budget, Findings findings) {
    Optional<Fields> limit = budget.requiredObject("limit");
    Optional<BigDecimal> amount = limit.flatMap(fields -> amount(fields, findings));
    limit.ifPresent(fields -> currency(fields, findings));
    limit.ifPresent(fields -> fields.refuseOthers(List.of("amount", "currency")));
    Optional<Budget.Action> action = action(budget, findings);
    budget.refuseOthers(List.of("limit", "action"));
    if (amount.isEmpty() || action.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Budget(new Money(amount.get(), CURRENCY), action.get()));
  }

  private static Optional<BigDecimal> amount(Fields limit, Findings findings) {
    Optional<String> text = limit.requiredText("amount");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (AMOUNT.matcher(text.get()).matches()) {
      BigDecimal amount = new BigDecimal(text.get());
      if (amount.signum() > 0) {
        return Optional.of(amount);
      }
    }
    findings.add(
        limit.path("amount"),
        Code.BAD_AMOUNT,
        "\"" + Texts.shown(text.get()) + "\" is no positive decimal such as \"25.00\"");
    return Optional.empty();
  }

  private static void currency(Fields limit, Findings findings) {
    Optional<String> currency = limit.requiredText("currency");
    if (currency.isPresent() && !currency.get().equals(CURRENCY)) {
      findings.add(
          limit.path("currency"),
          Code.BAD_CURRENCY,
          "prices are known in " + CURRENCY + " only, not in " + Texts.shown(currency.get()));
    }
  }

  private static Optional<Budget.Action> action(Fields budget, Findings findings) {
    Optional<String> word = budget.requiredText("action");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = Arrays.stream(Budget.Action.values()).map(Budget.Action::word).toList();
    int index = known.indexOf(word.get());
    if (index < 0) {
      findings.add(
          budget.path("action"),
          Code.UNKNOWN_ACTION,
          "\""
              + Texts.shown(word.get())
              + "\" is none of "
              + String.join(", ", known)
              + Texts.didYouMean(word.get(), known));
      return Optional.empty();
    }
    return Optional.of(Budget.Action.values()[index]);
  }
}
