package dev.wrinklefree.cost.catalog;

import java.util.Locale;

/** Why a price of the catalogue is not believed. */
public enum Rule {
  /** It is for GPUs without their host, which makes it too low. */
  NO_MACHINE,
  /** It is not for whole accelerators. */
  PART_OF_A_GPU,
  /** It is nothing, or too large to be a price. */
  NO_PRICE,
  /** The cloud's rows are known to be out of date. */
  CLOUD_OUT_OF_DATE,
  /** The machine costs more as spot than on demand: the row is mixed up. */
  SPOT_DEARER,
  /** Spot costs as much as on demand, which is how the catalogue says that there is none. */
  NO_SPOT_MARKET,
  /** It is far from what the price book says of that machine. */
  FAR_FROM_BOOK,
  /** Per GPU it is far from the median of that cloud. */
  FAR_FROM_MEDIAN,
  /** Per GPU it is far from machines with another number of them in the same region. */
  NOT_LINEAR,
  /** The same row's price on demand is not believed. */
  ROW_REFUSED;

  /** The word for people and metrics, in kebab-case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
