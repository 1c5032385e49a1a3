package dev.wrinklefree.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a migration must not do while processes of the version before still run on the schema. */
final class Migration {

  /**
   * A line of the migration that allows a contracting statement. After it stands why no process of
   * the version before needs what is taken away.
   */
  private static final Pattern MARKER = Pattern.compile("(?m)^-- contract: \\S.{19,}$");

  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$|(?s)/\\*.*?\\*/");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "drops something that the version before may use",
              "\\bdrop\\b(?! not null| default)"),
          new Rule("renames something that the version before uses", "\\brename\\b"),
          new Rule("empties a table", "\\btruncate\\b"),
          new Rule(
              "changes a column's type: the table is locked while it is rewritten",
              "\\balter column \\S+ (set data )?type\\b"),
          new Rule(
              "refuses the nulls that the version before writes",
              "\\balter column \\S+ set not null\\b"),
          new Rule(
              "adds a column that the version before does not fill",
              "\\badd column (?:(?!\\bdefault\\b|,).)*\\bnot null\\b(?!(?:(?!,).)*\\bdefault\\b)"),
          new Rule(
              "adds a constraint that rows of the version before may break",
              "\\badd (constraint|unique|primary key|foreign key)\\b"),
          new Rule(
              "checks columns that the version before fills",
              "^(?!.*\\badd column\\b).*\\badd check\\b"));

  private Migration() {}

  /**
   * What is wrong with one; empty if nothing is, or if it says why it may.
   *
   * @param sql the whole file
   */
  static List<String> violations(String sql) {
    List<String> violations = new ArrayList<>();
    if (MARKER.matcher(sql).find()) {
      return violations;
    }
    String bare = COMMENT.matcher(sql).replaceAll(" ").toLowerCase(Locale.ROOT);
    for (String statement : bare.split(";")) {
      String line = statement.strip().replaceAll("\\s+", " ");
      // What a migration has just created, nobody uses yet.
      if (line.startsWith("create table")) {
        continue;
      }
      RULES.stream()
          .filter(rule -> rule.pattern().matcher(line).find())
          .forEach(rule -> violations.add(rule.says() + ": " + line));
    }
    return violations;
  }

  private record Rule(String says, Pattern pattern) {
    Rule(String says, String pattern) {
      this(says, Pattern.compile(pattern));
    }
  }
}
