package dev.wrinklefree.sandbox.skypilot.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Jobs on disk, one directory each: {@code <jobId>/{record.json,task.yaml,run.log,controller.log}}
 * and, while it runs, {@code <jobId>/machine}. Only its owner may read it, since a task's variables
 * are in it.
 */
final class JobDirectory {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(new TextSerializer<>(Instant.class))
                  .addDeserializer(
                      Instant.class, new TextDeserializer<>(Instant.class, Instant::parse))
                  .addSerializer(new TextSerializer<>(Duration.class))
                  .addDeserializer(
                      Duration.class, new TextDeserializer<>(Duration.class, Duration::parse)));

  private final Path root;

  JobDirectory(Path stateDirectory) {
    this.root = stateDirectory.resolve("jobs");
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + root, e);
    }
  }

  List<ManagedJob> readAll() {
    try (Stream<Path> directories = Files.list(root)) {
      return directories
          .map(directory -> directory.resolve("record.json"))
          .filter(Files::isRegularFile)
          .map(JobDirectory::readRecord)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }

  void create(ManagedJob job, String yaml) {
    Path directory = of(job.jobId());
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("task.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    write(job);
  }

  /** Replaces the record in one step, so that a reader after a crash finds the old or the new. */
  void write(ManagedJob job) {
    Path directory = of(job.jobId());
    Path next = directory.resolve("record.json.next");
    try {
      Files.write(next, MAPPER.writeValueAsBytes(job));
      Files.move(
          next,
          directory.resolve("record.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the record of job " + job.jobId(), e);
    }
  }

  String yaml(int jobId) {
    try {
      return Files.readString(of(jobId).resolve("task.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the task of job " + jobId, e);
    }
  }

  Path of(int jobId) {
    return root.resolve(Integer.toString(jobId));
  }

  private static ManagedJob readRecord(Path file) {
    try {
      return MAPPER.readValue(file.toFile(), ManagedJob.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static final class TextSerializer<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    TextSerializer(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(value.toString());
    }
  }

  private static final class TextDeserializer<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> parser;

    TextDeserializer(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    protected T _deserialize(String value, DeserializationContext context) {
      return parser.apply(value);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return super.deserialize(parser, context);
    }
  }
}
