package dev.wrinklefree.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookParserTest {

  private static final String HEADER = String.join(",", PriceBookParser.HEADER);
  private static final String GOOD =
      "aws,us-east-1,p5.48xlarge,H100,8,false,55.04,USD,price list,2026-11-09";

  @Test
  void shouldReadEveryColumn() {
    PriceBook book = PriceBookParser.parse("book.csv", List.of("# comment", "", HEADER, GOOD));

    assertThat(book.rows())
        .containsExactly(
            new PriceRow(
                "aws",
                "us-east-1",
                "p5.48xlarge",
                new Accelerators("H100", 8),
                false,
                Money.usd("55.04"),
                "price list",
                LocalDate.parse("2026-11-09")));
  }

  @Test
  void shouldTakeAnyAndAnEmptyDateForNotTold() {
    PriceBook book =
        PriceBookParser.parse(
            "book.csv", List.of(HEADER, "nebius,any,any,H200,1,true,1.45,USD,catalog,"));

    assertThat(book.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.region()).isNull();
              assertThat(row.instanceType()).isNull();
              assertThat(row.asOf()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS,us-east-1,p5,H100,8,false,55.04,USD,s,2026-11-09 | cloud must be a lower-case name",
        "aws,,p5,H100,8,false,55.04,USD,s,2026-11-09 | region must not be empty",
        "aws,any,,H100,8,false,55.04,USD,s,2026-11-09 | instance_type must not be empty",
        "aws,any,p5,,8,false,55.04,USD,s,2026-11-09 | accelerator must not be empty",
        "aws,any,p5,H100,0,false,55.04,USD,s,2026-11-09 | count must be a whole number",
        "aws,any,p5,H100,eight,false,55.04,USD,s,2026-11-09 | count must be a whole number",
        "aws,any,p5,H100,8,maybe,55.04,USD,s,2026-11-09 | spot must be true or false",
        "aws,any,p5,H100,8,false,0,USD,s,2026-11-09 | per_hour must be a decimal above 0",
        "aws,any,p5,H100,8,false,0.00,USD,s,2026-11-09 | per_hour must be a decimal above 0",
        "aws,any,p5,H100,8,false,-1,USD,s,2026-11-09 | per_hour must be a decimal above 0",
        "aws,any,p5,H100,8,false,1e3,USD,s,2026-11-09 | per_hour must be a decimal above 0",
        "aws,any,p5,H100,8,false,1.1234567,USD,s,2026-11-09 | at most 6 decimals",
        "aws,any,p5,H100,8,false,55.04,EUR,s,2026-11-09 | currency must be USD",
        "aws,any,p5,H100,8,false,55.04,USD,,2026-11-09 | source must not be empty",
        "aws,any,p5,H100,8,false,55.04,USD,s,09.11.2026 | as_of must be a date such as",
        "aws,any,p5,H100,8,false,55.04,USD,s | has 9 columns, must have 10",
        "aws,any,p5,H100,8,false,55.04,USD,s,2026-11-09,x | has 11 columns, must have 10",
      })
  void shouldNameFileLineAndColumnOfABadRow(String row, String problem) {
    assertThatThrownBy(
            () -> PriceBookParser.parse("book.csv", List.of("# comment", HEADER, GOOD, row)))
        .isInstanceOf(MalformedTableException.class)
        .hasMessageStartingWith("book.csv line 4: ")
        .hasMessageContaining(problem);
  }

  @Test
  void shouldRefuseTheSameOfferTwice() {
    String again = GOOD.replace("55.04", "54.00");

    assertThatThrownBy(() -> PriceBookParser.parse("book.csv", List.of(HEADER, GOOD, again)))
        .hasMessage("book.csv line 3: is the same offer as line 2");
  }

  @Test
  void shouldRefuseABookWithoutOffersOrHeader() {
    assertThatThrownBy(() -> PriceBookParser.parse("book.csv", List.of(HEADER)))
        .hasMessageContaining("there is no offer");
    assertThatThrownBy(() -> PriceBookParser.parse("book.csv", List.of("# only a comment")))
        .hasMessageContaining("there is no header cloud,region");
    assertThatThrownBy(() -> PriceBookParser.parse("book.csv", List.of(GOOD)))
        .hasMessageContaining("line 1: the header must be cloud,region");
  }
}
