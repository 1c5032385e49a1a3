package dev.wrinklefree.sandbox.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * What a running platform keeps on disk: data, logs and its process id, for one sandbox at a time.
 */
public final class StateDirectory implements Closeable {

  private static final List<String> DATA = List.of("kafka", "postgres", "gcs", "skypilot");
  private static final String LOGS = "logs";

  private final Path directory;
  private final FileChannel lockFile;

  private StateDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * Takes the directory for this process, and creates it if need be.
   *
   * @throws SetupException if another sandbox has it
   */
  public static StateDirectory lock(Path directory) throws IOException {
    Path absolute = Files.createDirectories(directory.toAbsolutePath().normalize());
    FileChannel lockFile =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new SetupException(
          "a sandbox already runs in %s: stop it with 'make down', or choose another --state"
              .formatted(directory));
    }
    return new StateDirectory(absolute, lockFile);
  }

  /**
   * Writes this process's id to {@code sandbox.pid} and deletes the former run's logs.
   *
   * @param keep whether the data of the former run is kept rather than deleted
   */
  public void prepare(boolean keep) throws IOException {
    if (!keep) {
      for (String part : DATA) {
        FileUtils.deleteDirectory(data(part).toFile());
      }
    }
    FileUtils.deleteDirectory(directory.resolve(LOGS).toFile());
    Files.createDirectories(directory.resolve(LOGS));
    Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n");
  }

  /** Where one part keeps its data. */
  public Path data(String part) {
    return directory.resolve(part);
  }

  /** The log file of one part. */
  public Path log(String part) {
    return directory.resolve(LOGS).resolve(part + ".log");
  }

  /** The file with the token of the REST interfaces, for as long as the platform runs. */
  public Path token() {
    return directory.resolve("token");
  }

  /** Gives the directory free. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(token());
    Files.deleteIfExists(pidFile());
    lockFile.close();
  }

  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private Path pidFile() {
    return directory.resolve("sandbox.pid");
  }
}
