package dev.wrinklefree.bench.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Inserts rows of the outbox's size, each committed on its own as each event is.
 *
 * <p>Argument: a JDBC address with user, of an empty database. Prints a line when it is ready. Then
 * reads lines {@code <key prefix> <count>} and prints for each how many nanoseconds it took.
 */
public final class PlainInserts {

  private PlainInserts() {}

  /** Does what it reads until the input ends. */
  public static void main(String[] arguments) throws IOException, SQLException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE plain_event (id text PRIMARY KEY, data bytea NOT NULL)");
      System.out.println("ready");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO plain_event (id, data) VALUES (?, ?)")) {
        String line = lines.readLine();
        while (line != null) {
          String[] words = line.split(" ");
          long begin = System.nanoTime();
          insert(insert, words[0], Integer.parseInt(words[1]));
          System.out.println(System.nanoTime() - begin);
          line = lines.readLine();
        }
      }
    }
  }

  private static void insert(PreparedStatement insert, String prefix, int count)
      throws SQLException {
    for (int i = 0; i < count; i++) {
      insert.setString(1, prefix + i);
      insert.setBytes(2, AcceptedSample.data());
      insert.executeUpdate();
    }
  }
}
