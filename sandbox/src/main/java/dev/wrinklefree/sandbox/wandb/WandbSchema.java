package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wrinklefree.sandbox.wandb.graphql.Arguments;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import dev.wrinklefree.sandbox.wandb.graphql.ObjectType;
import dev.wrinklefree.sandbox.wandb.graphql.Schema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of W&amp;B's GraphQL schema that its SDK and a monitor ask for. */
final class WandbSchema {

  private final RunTable table;
  private final String account;
  private final Duration staleAfter;
  private final ObjectType<String> entity = new ObjectType<String>("Entity");
  private final ObjectType<String> user = new ObjectType<String>("User");
  private final ObjectType<Project> project = new ObjectType<>("Project");
  private final ObjectType<RunTable.ProjectRun> run = new ObjectType<>("Run");
  private final ObjectType<RunPage> connection = new ObjectType<>("RunConnection");
  private final ObjectType<RunTable.ProjectRun> edge = new ObjectType<>("RunEdge");
  private final ObjectType<RunPage> pageInfo = new ObjectType<>("PageInfo");

  /**
   * Everything about these runs.
   *
   * @param account the only account, which is an entity too
   * @param staleAfter silence after which a run counts as crashed
   */
  WandbSchema(RunTable table, String account, Duration staleAfter) {
    this.table = table;
    this.account = account;
    this.staleAfter = staleAfter;
  }

  private record RunPage(Project project, RunListing.Page page) {}

  /**
   * Who asks.
   *
   * @param known whether it showed the right key
   * @param server the address by which it reached the server
   */
  record Caller(boolean known, URI server) {}

  Schema<Caller> build() {
    entities();
    projects();
    runs();
    pages();
    ObjectType<Caller> query =
        new ObjectType<Caller>("Query")
            .field("viewer", caller -> caller.known() ? user.of(account) : null)
            .field("serverInfo", caller -> serverInfo())
            .field("project", (caller, arguments) -> projectNamed(caller, arguments))
            .field("model", (caller, arguments) -> projectNamed(caller, arguments))
            .field(
                "entity", (caller, arguments) -> entity.of(arguments.text("name").orElse(account)));
    RunMutations mutations = new RunMutations(table, account, project, run);
    return new Schema<>(
        query,
        mutations.type(),
        List.of(entity, user, project, run, connection, edge, pageInfo),
        Map.of("UpsertBucketInput", RunMutations.UPSERT_FIELDS));
  }

  private void entities() {
    entity
        .field("id", name -> StorageIds.of("Entity", name))
        .field("name", name -> name)
        .field("isTeam", name -> false)
        .field("organization", name -> null);
    user.field("id", name -> StorageIds.of("User", name))
        .field("name", name -> name)
        .field("username", name -> name)
        .field("entity", name -> name)
        .field("email", name -> name + "@example.invalid")
        .field("admin", name -> false)
        .field("flags", name -> "{}")
        .field("teams", name -> noTeams());
  }

  private static ObjectType.Value<String> noTeams() {
    return new ObjectType<String>("EntityConnection").field("edges", name -> List.of()).of("");
  }

  private static ObjectType.Value<String> serverInfo() {
    return new ObjectType<String>("ServerInfo")
        .field("features", server -> List.of())
        .field("cliVersionInfo", server -> JsonNodeFactory.instance.objectNode())
        .field("latestLocalVersionInfo", server -> null)
        .of("");
  }

  private void projects() {
    project
        .field("id", Project::storageId)
        .field("internalId", found -> StorageIds.of("ProjectInternalId", "" + found.number()))
        .field("name", Project::name)
        .field("entityName", Project::entity)
        .field("entity", found -> entity.of(found.entity()))
        .field("createdAt", found -> found.createdAt().toString())
        .field("readOnly", found -> false)
        .field("runCount", (found, arguments) -> listing().matching(found.runs(), arguments).size())
        .field(
            "runs",
            (found, arguments) ->
                connection.of(new RunPage(found, listing().page(found.runs(), arguments))))
        .field("run", this::runNamed)
        .field("bucket", this::runNamed);
  }

  private void pages() {
    connection
        .field(
            "edges",
            page ->
                page.page().runs().stream()
                    .map(found -> edge.of(new RunTable.ProjectRun(page.project(), found)))
                    .toList())
        .field("totalCount", page -> page.page().runs().size())
        .field("pageInfo", pageInfo::of);
    edge.field("node", run::of).field("cursor", found -> RunListing.cursor(found.run()));
    pageInfo
        .field("hasNextPage", page -> page.page().more())
        .field(
            "endCursor",
            page ->
                page.page().runs().isEmpty()
                    ? null
                    : RunListing.cursor(page.page().runs().getLast()));
  }

  private void runs() {
    run.field("id", found -> found.run().storageId())
        .field("internalId", found -> Integer.toString(found.run().number()))
        .field("projectId", found -> Integer.toString(found.project().number()))
        .field("project", found -> project.of(found.project()))
        .field("name", found -> found.run().name())
        .field("displayName", found -> found.run().labels().displayName())
        .field("state", found -> state(found.run()).word())
        .field("stopped", found -> found.run().stopRequested())
        .field("tags", found -> found.run().labels().tags().stream().map(TextNode::new).toList())
        .field("group", found -> found.run().labels().group())
        .field("jobType", found -> found.run().labels().jobType())
        .field("notes", found -> found.run().labels().notes())
        .field("description", found -> found.run().labels().description())
        .field("host", found -> found.run().labels().host())
        .field("sweepName", found -> null)
        .field("commit", found -> null)
        .field("readOnly", found -> false)
        .field("user", found -> user.of(account))
        .field("createdAt", found -> found.run().createdAt().toString())
        .field("heartbeatAt", found -> heartbeatAt(found.run()));
    measurements();
  }

  private void measurements() {
    run.field("config", found -> found.run().config())
        .field("wandbConfig", found -> ExtendedJson.text(found.run().setting("_wandb")))
        .field("summaryMetrics", found -> found.run().summary())
        .field("systemMetrics", found -> ExtendedJson.text(found.run().latestSystemMetrics()))
        .field("historyKeys", found -> History.keys(found.run().history().all()))
        .field("historyLineCount", found -> found.run().history().count())
        .field("eventsLineCount", found -> found.run().systemMetrics().count())
        .field("logLineCount", found -> found.run().output().count())
        .field("historyTail", found -> tail(found.run().history()))
        .field("eventsTail", found -> tail(found.run().systemMetrics()))
        .field("history", (found, arguments) -> rows(found.run().history(), arguments))
        .field("events", (found, arguments) -> rows(found.run().systemMetrics(), arguments))
        .field(
            "sampledHistory",
            (found, arguments) ->
                arguments.texts("specs").orElse(List.of()).stream()
                    .map(spec -> History.sampled(found.run().history().all(), spec))
                    .toList());
  }

  private @Nullable Object projectNamed(Caller caller, Arguments arguments) {
    if (!caller.known()) {
      throw new GraphQlException("permission denied");
    }
    Optional<Project> found =
        table.project(arguments.text("entityName").orElse(account), arguments.requiredText("name"));
    return found.map(project::of).orElse(null);
  }

  private @Nullable Object runNamed(Project found, Arguments arguments) {
    return found
        .find(arguments.requiredText("name"))
        .map(named -> run.of(new RunTable.ProjectRun(found, named)))
        .orElse(null);
  }

  private RunListing listing() {
    return new RunListing(new RunFields(table.now(), staleAfter, account));
  }

  private RunState state(Run found) {
    return found.state(table.now(), staleAfter);
  }

  private static @Nullable String heartbeatAt(Run found) {
    return found.heartbeatAt().map(Object::toString).orElse(null);
  }

  private static String tail(Lines lines) {
    return ExtendedJson.text(ExtendedJson.MAPPER.valueToTree(lines.tail(1)));
  }

  private static List<String> rows(Lines lines, Arguments arguments) {
    return History.rows(
        lines.all(),
        arguments.number("minStep").orElse(Long.MIN_VALUE),
        arguments.number("maxStep").orElse(Long.MAX_VALUE),
        arguments.number("samples").orElse((long) Integer.MAX_VALUE));
  }
}
