package dev.wrinklefree.cost.focus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Placement;
import dev.wrinklefree.cost.accrual.PinnedPrice;
import dev.wrinklefree.cost.accrual.PricedInterval;
import dev.wrinklefree.cost.accrual.RunCost;
import dev.wrinklefree.cost.run.KnownRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes intervals as charges. An interval is cut where a month begins, and the charges of its
 * parts add up to its money to the last digit.
 */
public final class FocusExporter {

  private static final ObjectMapper MAPPER = ContractJson.mapper();

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final String HOURS = "Hours";

  private final String billingAccount;

  /** Charges go to that account, since we do not know the clouds' own. */
  public FocusExporter(String billingAccount) {
    this.billingAccount = billingAccount;
  }

  /**
   * All charges of a time.
   *
   * @param runs with machines in that time
   * @param from inclusive
   * @param to exclusive, not after now
   */
  public FocusExport export(List<KnownRun> runs, Instant from, Instant to) {
    List<FocusRow> rows = new ArrayList<>();
    List<FocusExport.Unpriced> unpriced = new ArrayList<>();
    for (KnownRun run : runs) {
      RunCost cost = run.cost();
      for (int i = 0; i < cost.intervals().size(); i++) {
        for (Period period : months(cost.intervals().get(i), from, to)) {
          add(run, i, period, rows, unpriced);
        }
      }
    }
    return new FocusExport(rows, unpriced);
  }

  private record Period(YearMonth month, Instant from, Instant to) {}

  private static List<Period> months(PricedInterval priced, Instant from, Instant to) {
    Instant end = Objects.requireNonNullElse(priced.interval().to(), to);
    Instant last = end.isBefore(to) ? end : to;
    Instant at = priced.interval().from().isAfter(from) ? priced.interval().from() : from;
    List<Period> periods = new ArrayList<>();
    while (at.isBefore(last)) {
      YearMonth month = YearMonth.from(at.atZone(ZoneOffset.UTC));
      Instant next = start(month.plusMonths(1));
      Instant until = next.isBefore(last) ? next : last;
      periods.add(new Period(month, at, until));
      at = until;
    }
    return periods;
  }

  private void add(
      KnownRun run,
      int index,
      Period period,
      List<FocusRow> rows,
      List<FocusExport.Unpriced> unpriced) {
    PricedInterval priced = run.cost().intervals().get(index);
    Placement placement = priced.interval().placement();
    PinnedPrice price = priced.price();
    if (price == null || placement == null) {
      unpriced.add(
          new FocusExport.Unpriced(
              run.cost().runId().value(),
              period.from(),
              period.to(),
              placement == null ? null : placement.cloud()));
      return;
    }
    rows.add(row(run, index, period, priced, placement, price));
  }

  private FocusRow row(
      KnownRun run,
      int index,
      Period period,
      PricedInterval priced,
      Placement placement,
      PinnedPrice price) {
    // The difference of two running totals: so the parts add up to the whole, whatever is rounded.
    BigDecimal cost = spentUpTo(priced, period.to()).subtract(spentUpTo(priced, period.from()));
    BigDecimal hours = hours(period, placement.nodes());
    Money perHour = price.perHour();
    Accelerators gpus = placement.accelerators();
    String runId = run.cost().runId().value();
    return new FocusRow(
        cost,
        billingAccount,
        billingAccount,
        perHour.currency(),
        start(period.month()),
        start(period.month().plusMonths(1)),
        "Usage",
        null,
        description(placement, runId),
        "Usage-Based",
        period.from(),
        period.to(),
        hours,
        HOURS,
        cost,
        perHour.amount(),
        cost,
        placement.cloud(),
        cost,
        perHour.amount(),
        placement.spot() ? "Dynamic" : "Standard",
        hours,
        HOURS,
        placement.cloud(),
        placement.cloud(),
        placement.region(),
        placement.region(),
        runId + "/" + (index + 1),
        run.facts().name(),
        "Virtual Machine",
        "Compute",
        placement.cloud() + " virtual machines",
        "Virtual Machines",
        placement.instanceType(),
        tags(run),
        runId,
        true,
        price.source(),
        price.asOf(),
        placement.nodes(),
        gpus == null ? null : gpus.type(),
        gpus == null ? null : gpus.count());
  }

  /** Nothing at the start: the cloud's minimum belongs to the first part. */
  private static BigDecimal spentUpTo(PricedInterval priced, Instant at) {
    return at.isAfter(priced.interval().from())
        ? priced.spentUpTo(at).orElseThrow().amount()
        : BigDecimal.ZERO;
  }

  private static BigDecimal hours(Period period, int nodes) {
    return BigDecimal.valueOf(Duration.between(period.from(), period.to()).toSeconds() * nodes)
        .divide(SECONDS_PER_HOUR, Money.COMPUTED_SCALE, RoundingMode.HALF_UP);
  }

  private static String description(Placement placement, String runId) {
    Accelerators gpus = placement.accelerators();
    return "Training run "
        + runId
        + " on "
        + placement.nodes()
        + " × "
        + Objects.requireNonNullElse(placement.instanceType(), "machine")
        + (gpus == null ? "" : " with " + gpus.type() + ":" + gpus.count());
  }

  private static String tags(KnownRun run) {
    Map<String, String> tags = new TreeMap<>(run.facts().labels());
    put(tags, "owner", run.facts().owner());
    put(tags, "model", run.facts().model());
    tags.put("runId", run.cost().runId().value());
    try {
      return MAPPER.writeValueAsString(tags);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always written", e);
    }
  }

  private static void put(Map<String, String> tags, String name, @Nullable String value) {
    if (value != null) {
      tags.put(name, value);
    }
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
