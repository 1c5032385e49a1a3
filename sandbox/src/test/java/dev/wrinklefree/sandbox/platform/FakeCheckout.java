package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout in which every service has been built, as a {@link FakeService}. */
public final class FakeCheckout {

  private FakeCheckout() {}

  /** A program that ends at once with exit code 7. */
  static final class Broken {
    public static void main(String[] arguments) {
      System.out.println("cannot reach the database");
      Runtime.getRuntime().halt(7);
    }
  }

  /** A checkout in which those services that are named do not start. */
  public static Checkout in(Path root, String... broken) throws IOException {
    for (String name :
        List.of("launch-service", "monitor-service", "checkpoint-service", "cost-service")) {
      Class<?> main = List.of(broken).contains(name) ? Broken.class : FakeService.class;
      jar(root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar"), main);
    }
    Files.createDirectories(root.resolve("sandbox/templates"));
    return new Checkout(root);
  }

  private static void jar(Path file, Class<?> main) throws IOException {
    Files.createDirectories(file.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      String name = main.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(name));
      try (var bytes = main.getClassLoader().getResourceAsStream(name)) {
        bytes.transferTo(jar);
      }
    }
  }
}
