package dev.wrinklefree.chaos.plan;

import java.util.Locale;

/** What can be wrong with a link. */
public enum Trouble {
  /** Every message comes late. */
  SLOW,
  /** Connections stay open and nothing comes through. */
  SILENT,
  /** All connections are reset once. */
  RESET,
  /** All connections are reset, and new ones for as long as it lasts. */
  DOWN;

  /** Its name in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
