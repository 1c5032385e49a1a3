package dev.wrinklefree.audit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which objects make up a complete checkpoint, by the trainer's two layouts. */
final class CheckpointFiles {

  private static final Pattern SINGLE_FILE =
      Pattern.compile("(?:.*/)?(?:checkpoint_step_[0-9]{1,18}|final_checkpoint)\\.pt");
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?<directory>(?:.*/)?checkpoint-(?:[0-9]{1,18}|final)/)"
              + "(?:model|training_state)\\.pt");
  private static final int MEMBERS = 2;

  private CheckpointFiles() {}

  /**
   * The complete checkpoints among objects of one bucket.
   *
   * @return their objects by URI, which is the object's or the directory's with a trailing slash
   */
  static Map<String, List<BucketObject>> complete(Collection<BucketObject> objects) {
    Map<String, List<BucketObject>> found = new TreeMap<>();
    Map<String, List<BucketObject>> directories = new TreeMap<>();
    for (BucketObject object : objects) {
      if (object.size() == 0) {
        continue;
      }
      Matcher member = MEMBER.matcher(object.name());
      if (member.matches()) {
        directories
            .computeIfAbsent(
                "gs://" + object.bucket() + "/" + member.group("directory"),
                uri -> new ArrayList<>())
            .add(object);
      } else if (SINGLE_FILE.matcher(object.name()).matches()) {
        found.put(object.uri(), List.of(object));
      }
    }
    directories.forEach(
        (uri, members) -> {
          if (members.size() == MEMBERS) {
            found.put(uri, List.copyOf(members));
          }
        });
    return found;
  }
}
