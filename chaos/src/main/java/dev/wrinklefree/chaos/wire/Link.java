package dev.wrinklefree.chaos.wire;

import dev.wrinklefree.chaos.part.Part;

/**
 * The way from one part to another.
 *
 * @param from who connects
 * @param to who is connected to
 */
public record Link(Part from, Part to) {

  @Override
  public String toString() {
    return from.title() + " → " + to.title();
  }
}
