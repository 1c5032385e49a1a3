package dev.wrinklefree.audit.server;

import dev.wrinklefree.contract.value.CheckpointLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which objects make up a complete checkpoint, by the layout that the run's launch tells of. */
final class CheckpointFiles {

  private static final String STEP = "0*[0-9]{1,18}";

  private CheckpointFiles() {}

  /**
   * The complete checkpoints among objects of one run.
   *
   * @param layout null where the launch tells of none: then Fairy2's names are known
   * @return their objects by URI, which is the object's or the directory's with a trailing slash
   */
  static Map<String, List<BucketObject>> complete(
      Collection<BucketObject> objects, @Nullable CheckpointLayout layout) {
    List<Kind> kinds =
        (layout == null ? CheckpointLayout.FAIRY2 : layout)
            .patterns().stream().map(Kind::of).toList();
    Map<String, List<BucketObject>> found = new TreeMap<>();
    Set<String> complete = new HashSet<>();
    for (BucketObject object : objects) {
      if (object.size() == 0) {
        continue;
      }
      for (Kind kind : kinds) {
        Matcher matcher = kind.names().matcher(object.name());
        if (matcher.matches()) {
          String uri = "gs://" + object.bucket() + "/" + matcher.group("slot");
          List<BucketObject> of = found.computeIfAbsent(uri, key -> new ArrayList<>());
          of.add(object);
          if (of.size() == kind.size()) {
            complete.add(uri);
          }
          break;
        }
      }
    }
    found.keySet().retainAll(complete);
    return found;
  }

  /** A pattern, with how many objects it takes. */
  private record Kind(Pattern names, int size) {

    static Kind of(CheckpointLayout.Pattern pattern) {
      Set<String> members = new HashSet<>(pattern.members());
      String slot =
          Pattern.quote(pattern.path()).replace(CheckpointLayout.STEP, "\\E" + STEP + "\\Q");
      String last = members.stream().map(Pattern::quote).collect(Collectors.joining("|"));
      return new Kind(
          Pattern.compile("(?<slot>(?:.*/)?" + slot + ")(?:" + last + ")"),
          Math.max(1, members.size()));
    }
  }
}
