package dev.wrinklefree.cost.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comma-separated table with a fixed header: no quotes, lines that begin with {@code #} are
 * comments, blank lines are skipped.
 */
final class CsvTable {

  private static final String ANY = "any";

  private final List<Row> rows;

  private CsvTable(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * @throws MalformedTableException if the header differs or a row has another number of columns
   */
  static CsvTable parse(String table, List<String> lines, List<String> header) {
    List<Row> rows = new ArrayList<>();
    boolean headerSeen = false;
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> fields = Arrays.stream(line.split(",", -1)).map(String::strip).toList();
      if (!headerSeen) {
        headerSeen = true;
        if (!fields.equals(header)) {
          throw new MalformedTableException(
              table, index + 1, "the header must be " + String.join(",", header));
        }
      } else if (fields.size() != header.size()) {
        throw new MalformedTableException(
            table,
            index + 1,
            "has " + fields.size() + " columns, must have " + header.size() + ": " + header);
      } else {
        rows.add(new Row(table, index + 1, header, fields));
      }
    }
    if (!headerSeen) {
      throw new MalformedTableException(
          table, lines.size(), "there is no header " + String.join(",", header));
    }
    return new CsvTable(List.copyOf(rows));
  }

  List<Row> rows() {
    return rows;
  }

  /** One line; every reader names line and column of what it cannot read. */
  record Row(String table, int line, List<String> header, List<String> fields) {

    String text(String column) {
      String value = fields.get(header.indexOf(column));
      if (value.isEmpty()) {
        throw malformed(column, "must not be empty");
      }
      return value;
    }

    /** The text, or null where it says {@code any}. */
    @Nullable String textOrAny(String column) {
      String value = text(column);
      return value.equals(ANY) ? null : value;
    }

    String lowerCaseName(String column) {
      String value = text(column);
      if (!value.matches("[a-z][a-z0-9-]*")) {
        throw malformed(column, "must be a lower-case name, not '" + value + "'");
      }
      return value;
    }

    int wholeNumber(String column, int least) {
      String value = text(column);
      try {
        int number = Integer.parseInt(value);
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below, together with a number that is too small.
      }
      throw malformed(
          column, "must be a whole number of at least " + least + ", not '" + value + "'");
    }

    boolean flag(String column) {
      String value = text(column);
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw malformed(column, "must be true or false, not '" + value + "'");
      };
    }

    BigDecimal positiveDecimal(String column, int mostDecimals) {
      String value = text(column);
      if (!value.matches("\\d{1,9}(\\.\\d{1," + mostDecimals + "})?")
          || new BigDecimal(value).signum() == 0) {
        throw malformed(
            column,
            "must be a decimal above 0 with at most "
                + mostDecimals
                + " decimals, not '"
                + value
                + "'");
      }
      return new BigDecimal(value);
    }

    /** The date, or null where the field is empty. */
    @Nullable LocalDate dateOrEmpty(String column) {
      String value = fields.get(header.indexOf(column));
      if (value.isEmpty()) {
        return null;
      }
      try {
        return LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw malformed(column, "must be a date such as 2026-11-09 or empty, not '" + value + "'");
      }
    }

    MalformedTableException malformed(String column, String problem) {
      return new MalformedTableException(table, line, column + " " + problem);
    }
  }
}
