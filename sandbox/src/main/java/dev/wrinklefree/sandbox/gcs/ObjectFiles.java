package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How objects lie on disk: a folder per bucket, and in it a content file and a description file per
 * generation. The description is written last and atomically, so an object is either all there or
 * not there.
 */
final class ObjectFiles {

  private static final String DESCRIPTION = ".json";
  private static final String CONTENT = ".bin";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path buckets;
  private final Path uploads;

  ObjectFiles(Path directory) throws IOException {
    this.buckets = Files.createDirectories(directory.resolve("buckets"));
    this.uploads = Files.createDirectories(directory.resolve("uploads"));
    deleteAll(uploads, "*");
  }

  List<String> bucketNames() {
    List<String> names = new ArrayList<>();
    for (Path folder : list(buckets, "*")) {
      names.add(folder.getFileName().toString());
    }
    return names;
  }

  void createBucket(String bucket) {
    try {
      Files.createDirectory(buckets.resolve(bucket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void deleteBucket(String bucket) {
    try {
      Files.delete(buckets.resolve(bucket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest generation of each object; what a crash left of older ones is deleted. */
  List<StoredObject> load(String bucket) {
    Map<String, StoredObject> newest = new HashMap<>();
    try {
      for (Path file : list(buckets.resolve(bucket), "*" + DESCRIPTION)) {
        StoredObject object = JSON.readValue(file.toFile(), StoredObject.class);
        StoredObject other = newest.get(object.name());
        if (other == null || other.generation() < object.generation()) {
          newest.put(object.name(), object);
          if (other != null) {
            delete(other);
          }
        } else {
          delete(object);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(newest.values());
  }

  Draft newDraft() {
    try {
      return Draft.in(uploads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(StoredObject object, Draft draft) {
    try {
      draft.moveTo(content(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    describe(object);
  }

  void describe(StoredObject object) {
    Path file = file(object, DESCRIPTION);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      JSON.writeValue(next.toFile(), object);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(StoredObject object) {
    try {
      Files.deleteIfExists(file(object, DESCRIPTION));
      Files.deleteIfExists(content(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path content(StoredObject object) {
    return file(object, CONTENT);
  }

  private Path file(StoredObject object, String ending) {
    return buckets.resolve(object.bucket()).resolve(object.generation() + ending);
  }

  private static void deleteAll(Path folder, String pattern) throws IOException {
    for (Path file : list(folder, pattern)) {
      Files.delete(file);
    }
  }

  private static List<Path> list(Path folder, String pattern) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(paths::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths;
  }
}
