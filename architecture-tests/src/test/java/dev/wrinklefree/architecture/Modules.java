package dev.wrinklefree.architecture;

import java.util.List;

/** Package roots of the modules. */
final class Modules {

  static final String ROOT = "dev.wrinklefree";

  /** Modules that run as Quarkus services, and the libraries they share. */
  static final List<String> ON_QUARKUS =
      List.of("outbox", "rest", "delivery", "launch", "monitor", "checkpoint", "cost");

  /** All modules with production code. */
  static final List<String> ALL =
      List.of(
          "contract",
          "outbox",
          "rest",
          "delivery",
          "skypilot",
          "launch",
          "monitor",
          "checkpoint",
          "cost",
          "audit",
          "cli",
          "sandbox",
          "chaos",
          "bench",
          "testkit");

  private Modules() {}

  /** ArchUnit's pattern for a module's packages. */
  static String of(String module) {
    return ROOT + "." + module + "..";
  }
}
