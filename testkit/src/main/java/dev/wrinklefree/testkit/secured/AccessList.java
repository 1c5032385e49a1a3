package dev.wrinklefree.testkit.secured;

import dev.wrinklefree.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The list of ACLs that is shipped: {@code deploy/kafka/acls.csv}. */
public final class AccessList {

  private static final String HEAD = "principal,resource,name,operation";
  private static final int COLUMNS = 4;

  private final List<Line> lines;

  private AccessList(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  private record Line(
      String principal, ResourceType resource, String name, AclOperation operation) {}

  /** Reads the shipped list; a module's tests run in the module's directory. */
  public static AccessList shipped() {
    try (Stream<String> text = Files.lines(Path.of("..", "deploy", "kafka", "acls.csv"))) {
      return new AccessList(
          text.filter(line -> !line.startsWith("#") && !line.equals(HEAD))
              .map(AccessList::line)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Topics that a service reads. */
  public List<String> readBy(String service) {
    return topics(service, AclOperation.READ);
  }

  /** Topics that a service consumes: of these it writes the dead letters, too. */
  public List<String> consumedBy(String service) {
    List<String> written = writtenBy(service);
    return readBy(service).stream()
        .filter(topic -> written.contains(topic + Topic.DEAD_LETTER_SUFFIX))
        .toList();
  }

  /** Topics that a service reads only to show them to others. */
  public List<String> streamedBy(String service) {
    List<String> consumed = consumedBy(service);
    return readBy(service).stream().filter(topic -> !consumed.contains(topic)).toList();
  }

  /** Topics that a service writes, those for its dead letters included. */
  public List<String> writtenBy(String service) {
    return topics(service, AclOperation.WRITE);
  }

  /** Everything, as the broker wants it. */
  List<AclBinding> bindings() {
    return lines.stream()
        .map(
            line ->
                new AclBinding(
                    new ResourcePattern(line.resource(), line.name(), PatternType.LITERAL),
                    new AccessControlEntry(
                        "User:" + line.principal(),
                        "*",
                        line.operation(),
                        AclPermissionType.ALLOW)))
        .toList();
  }

  private List<String> topics(String service, AclOperation operation) {
    return lines.stream()
        .filter(line -> line.principal().equals(service))
        .filter(line -> line.resource() == ResourceType.TOPIC && line.operation() == operation)
        .map(Line::name)
        .toList();
  }

  private static Line line(String text) {
    String[] columns = text.split(",", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("no ACL: " + text);
    }
    // Kafka's names in the list are those of its own tool: DescribeConfigs.
    String operation = columns[3].replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    return new Line(
        columns[0],
        ResourceType.fromString(columns[1].toUpperCase(Locale.ROOT)),
        columns[2],
        AclOperation.fromString(operation));
  }
}
