package dev.wrinklefree.sandbox.skypilot.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machines on sale, in order of preference, and the choice among them. */
public final class OfferBook {

  private static final String RESOURCE = "offers.csv";
  private static final int COLUMNS = 9;

  private final List<Offer> offers;

  OfferBook(List<Offer> offers) {
    this.offers = List.copyOf(offers);
  }

  /** Reads the book that ships with the sandbox. */
  public static OfferBook load() {
    InputStream resource = OfferBook.class.getResourceAsStream(RESOURCE);
    if (resource == null) {
      throw new IllegalStateException(RESOURCE + " is not on the class path");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      List<Offer> offers = new ArrayList<>();
      reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .skip(1)
          .forEach(line -> offers.add(parse(line)));
      return new OfferBook(offers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The clouds that sell anything, as SkyPilot writes their names, in order. */
  public List<String> clouds() {
    return offers.stream().map(Offer::cloud).distinct().sorted().toList();
  }

  /**
   * Takes the first candidate that any cloud sells; a candidate that none sells is skipped.
   *
   * @param candidates what the task accepts, best first
   * @return the machine, or empty when no candidate can be had
   */
  public Optional<Placement> place(List<Candidate> candidates) {
    return candidates.stream()
        .flatMap(
            candidate ->
                offers.stream()
                    .filter(offer -> offer.fits(candidate))
                    .map(offer -> Placement.of(offer, candidate)))
        .findFirst();
  }

  private static Offer parse(String line) {
    String[] columns = line.split(",", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalStateException(RESOURCE + " has a row of other columns: " + line);
    }
    return new Offer(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        Integer.parseInt(columns[4]),
        Integer.parseInt(columns[5]),
        Integer.parseInt(columns[6]),
        columns[7].equals("yes"));
  }
}
