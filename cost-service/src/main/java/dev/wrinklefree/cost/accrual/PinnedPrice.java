package dev.wrinklefree.cost.accrual;

import dev.wrinklefree.contract.value.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The price that an interval keeps for good.
 *
 * @param perHour of one machine
 * @param source where it was read
 * @param asOf the day it was read there; absent if that is not known
 */
public record PinnedPrice(Money perHour, String source, @Nullable LocalDate asOf) {}
