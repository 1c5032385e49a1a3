package dev.wrinklefree.checkpoint.layout;

import java.util.Arrays;
import java.util.List;

/** Names that uploaders use for parts of an object, or of a directory, that is not there yet. */
public final class TemporaryNames {

  /**
   * Components of composite uploads, of {@code gcloud storage cp} ({@code gcloud/tmp/…}) and of
   * {@code gsutil} ({@code <random>/gsutil/tmp/…}).
   */
  private static final String COMPOSITE_COMPONENTS = "tmp/parallel_composite_uploads/";

  /** gcsfuse composes appended files here. */
  private static final String GCSFUSE_DIRECTORY = ".gcsfuse_tmp";

  /** Orbax names a directory so until it is committed. */
  private static final String ORBAX_INFIX = ".orbax-checkpoint-tmp-";

  /** Hugging Face's Trainer 4.36 to 4.38 wrote into such a directory and renamed it. */
  private static final String TRAINER_DIRECTORY_PREFIX = "tmp-checkpoint-";

  /** Google's Java and Python clients, rclone, gsutil, and PyTorch's rename-at-the-end. */
  private static final List<String> FILE_SUFFIXES = List.of(".part", ".partial", ".gstmp", ".tmp");

  private TemporaryNames() {}

  /**
   * Whether an object is a temporary one of an uploader.
   *
   * @param relativeName the object's name below the run's prefix
   */
  public static boolean isTemporary(String relativeName) {
    return relativeName.contains(COMPOSITE_COMPONENTS)
        || FILE_SUFFIXES.stream().anyMatch(relativeName::endsWith)
        || Arrays.stream(relativeName.split("/", -1)).anyMatch(TemporaryNames::isTemporarySegment);
  }

  private static boolean isTemporarySegment(String segment) {
    return segment.equals(GCSFUSE_DIRECTORY)
        || segment.contains(ORBAX_INFIX)
        || segment.startsWith(TRAINER_DIRECTORY_PREFIX);
  }
}
