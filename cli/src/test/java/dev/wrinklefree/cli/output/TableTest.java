package dev.wrinklefree.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsLineUpAroundColoursAndEmptyCells() {
    Table table = new Table("A", "STATE", "C");
    table.row("long-name", "\u001b[32mUP\u001b[0m", "x");
    table.row("b", "", "é");
    assertThat(table.lines())
        .containsExactly(
            "A          STATE  C", "long-name  \u001b[32mUP\u001b[0m     x", "b          -      é");
  }
}
