package dev.wrinklefree.sandbox.skypilot.request;

import java.time.Instant;

/** Times as SkyPilot writes them: seconds since 1970 with a fraction. */
public final class EpochSeconds {

  private static final double MICROS = 1_000_000.0;

  private EpochSeconds() {}

  /** The time in seconds, exact to a microsecond. */
  public static double of(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() / 1_000) / MICROS;
  }
}
