package dev.wrinklefree.chaos.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Draws from a shuffled list, and shuffles anew when all was drawn: chance, and nothing left out.
 */
final class Deck<T> {

  private final List<T> all;
  private final RandomGenerator random;
  private final Deque<T> left = new ArrayDeque<>();

  Deck(List<T> all, RandomGenerator random) {
    this.all = List.copyOf(all);
    this.random = random;
  }

  T draw() {
    if (left.isEmpty()) {
      List<T> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, Random.from(random));
      left.addAll(shuffled);
    }
    return left.pop();
  }
}
