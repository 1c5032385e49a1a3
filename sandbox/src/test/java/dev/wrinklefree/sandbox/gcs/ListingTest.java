package dev.wrinklefree.sandbox.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void pagesOfAnySizeGiveTogetherWhatOneListingGives(long seed) {
    Random random = new Random(seed);
    NavigableMap<String, StoredObject> objects = bucket(randomNames(random));
    for (String delimiter : List.of("", "/")) {
      for (String prefix : List.of("", "a", "a/", "b/a")) {
        Listing whole = Listing.of(objects, request(prefix, delimiter, 1_000, null));
        Entries paged = new Entries(new ArrayList<>(), new ArrayList<>());
        String token = null;
        do {
          Listing page =
              Listing.of(objects, request(prefix, delimiter, 1 + random.nextInt(3), token));
          paged.add(page);
          token = decoded(page.nextPageToken());
        } while (token != null);

        assertThat(paged).isEqualTo(Entries.of(whole));
      }
    }
  }

  @Test
  void namesAreOrderedByTheirUtf8Bytes() {
    String afterSurrogates = "\uFFFD";
    String surrogatePair = "\uD83D\uDE00";

    Listing listing =
        Listing.of(bucket(List.of(surrogatePair, afterSurrogates, "a")), request("", "", 10, null));

    assertThat(listing.items())
        .extracting(StoredObject::name)
        .containsExactly("a", afterSurrogates, surrogatePair);
  }

  @Test
  void offsetsBoundTheNamesFromTheFirstInclusiveToTheLastExclusive() {
    Listing.Request request = new Listing.Request("", "", false, "b", "d", 10, null);

    assertThat(Listing.of(bucket(List.of("a", "b", "c", "d")), request).items())
        .extracting(StoredObject::name)
        .containsExactly("b", "c");
  }

  private record Entries(List<String> names, List<String> prefixes) {

    static Entries of(Listing listing) {
      Entries entries = new Entries(new ArrayList<>(), new ArrayList<>());
      entries.add(listing);
      return entries;
    }

    void add(Listing listing) {
      listing.items().forEach(object -> names.add(object.name()));
      prefixes.addAll(listing.prefixes());
    }
  }

  private static @Nullable String decoded(@Nullable String token) {
    return token == null
        ? null
        : Listing.Request.of(new Query(Map.of("pageToken", token))).pageToken();
  }

  private static Listing.Request request(
      String prefix, String delimiter, int maxResults, @Nullable String token) {
    return new Listing.Request(prefix, delimiter, false, "", null, maxResults, token);
  }

  private static Iterable<String> randomNames(Random random) {
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        name.append("ab/".charAt(random.nextInt(3)));
      }
      names.add(name.toString());
    }
    return names;
  }

  private static NavigableMap<String, StoredObject> bucket(Iterable<String> names) {
    NavigableMap<String, StoredObject> objects = new TreeMap<>(Listing.NAME_ORDER);
    for (String name : names) {
      objects.put(
          name,
          new StoredObject(
              "b", name, 1, 1, 0, "", null, null, 0, 0, ObjectAttributes.ofType(null)));
    }
    return objects;
  }
}
