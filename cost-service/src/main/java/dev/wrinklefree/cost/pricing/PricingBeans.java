package dev.wrinklefree.cost.pricing;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads prices and billing rules at start, so that a bad row stops the service before any event.
 */
@Singleton
class PricingBeans {

  private static final String BOOK = "price-book.csv";
  private static final String RULES = "billing-rules.csv";

  private final PricingConfig config;

  PricingBeans(PricingConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  @Startup
  @Typed(PriceBook.class)
  PriceBook priceBook() {
    return PriceBookParser.parse(name(config.priceBook(), BOOK), lines(config.priceBook(), BOOK));
  }

  @Produces
  @Singleton
  @Startup
  BillingRules billingRules() {
    return BillingRules.parse(
        name(config.billingRules(), RULES), lines(config.billingRules(), RULES));
  }

  private static String name(Optional<Path> file, String resource) {
    return file.map(Path::toString).orElse(resource);
  }

  private static List<String> lines(Optional<Path> file, String resource) {
    try {
      return file.isPresent() ? Files.readAllLines(file.orElseThrow()) : shipped(resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name(file, resource), e);
    }
  }

  private static List<String> shipped(String resource) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream stream = Objects.requireNonNull(loader.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
