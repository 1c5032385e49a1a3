package dev.wrinklefree.sandbox.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The project's checkout, where the built services and the sandbox's task are.
 *
 * @param root its top level, absolute
 */
public record Checkout(Path root) {

  /** Takes the path in its absolute, normal form. */
  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /** The runnable jar of a service. */
  public Path serviceJar(String service) {
    return root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** The task templates for the sandbox's SkyPilot. */
  public Path templates() {
    return root.resolve("sandbox/templates");
  }

  /** The program that the sandbox's task runs. */
  public Path trainer() {
    return root.resolve("sandbox/trainer");
  }

  /**
   * Checks that a service has been built.
   *
   * @throws SetupException if its jar is missing
   */
  public void requireBuilt(String service) {
    if (!Files.isRegularFile(serviceJar(service))) {
      throw new SetupException(
          "%s has not been built: %s is missing; run 'make build'"
              .formatted(service, root.relativize(serviceJar(service))));
    }
  }
}
