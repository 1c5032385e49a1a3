package dev.wrinklefree.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricingBeansTest {

  @Test
  void shouldReadWhatShipsWithTheServiceUnlessToldOtherwise() {
    PricingBeans beans = new PricingBeans(config(null, null));

    assertThat(beans.priceBook().rows()).hasSizeGreaterThan(30);
    assertThat(beans.billingRules().minimumFor("aws")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void shouldReadABookOfTheOperatorsOwn(@TempDir Path directory) throws IOException {
    Path book =
        Files.writeString(
            directory.resolve("book.csv"),
            String.join(",", PriceBookParser.HEADER)
                + "\nlambda,any,any,H100,1,false,4.29,USD,lambda.ai,2026-11-20\n");
    Path rules =
        Files.writeString(
            directory.resolve("rules.csv"), "cloud,minimum_seconds,source\nlambda,60,guess\n");
    PricingBeans beans = new PricingBeans(config(book, rules));

    assertThat(beans.priceBook().rows()).singleElement().returns("lambda", PriceRow::cloud);
    assertThat(beans.billingRules().minimumFor("lambda")).isEqualTo(Duration.ofMinutes(1));
    assertThat(beans.billingRules().minimumFor("aws")).isZero();
  }

  @Test
  void shouldNameTheFileThatIsBadOrMissing(@TempDir Path directory) throws IOException {
    Path bad = Files.writeString(directory.resolve("bad.csv"), "cloud,price\n");
    Path missing = directory.resolve("missing.csv");

    assertThatThrownBy(() -> new PricingBeans(config(bad, null)).priceBook())
        .isInstanceOf(MalformedTableException.class)
        .hasMessageContaining("bad.csv line 1: the header must be cloud,region");
    assertThatThrownBy(() -> new PricingBeans(config(missing, null)).priceBook())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.csv");
    assertThatThrownBy(() -> new PricingBeans(config(null, bad)).billingRules())
        .isInstanceOf(MalformedTableException.class);
  }

  private static PricingConfig config(@Nullable Path book, @Nullable Path rules) {
    return new PricingConfig() {
      @Override
      public Optional<Path> priceBook() {
        return Optional.ofNullable(book);
      }

      @Override
      public Optional<Path> billingRules() {
        return Optional.ofNullable(rules);
      }
    };
  }
}
