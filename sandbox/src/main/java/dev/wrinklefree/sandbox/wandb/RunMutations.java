package dev.wrinklefree.sandbox.wandb;

import dev.wrinklefree.sandbox.wandb.WandbSchema.Caller;
import dev.wrinklefree.sandbox.wandb.graphql.Arguments;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import dev.wrinklefree.sandbox.wandb.graphql.ObjectType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What clients change: runs that begin, that are labelled, that shall stop. */
final class RunMutations {

  /** What {@code upsertBucket} takes, as introspection tells it. */
  static final List<String> UPSERT_FIELDS =
      List.of(
          "id",
          "name",
          "modelName",
          "entityName",
          "groupName",
          "description",
          "displayName",
          "notes",
          "config",
          "commit",
          "host",
          "debug",
          "jobProgram",
          "jobRepo",
          "jobType",
          "state",
          "sweep",
          "tags",
          "summaryMetrics");

  private static final String PENDING = "pending";

  private final RunTable table;
  private final String account;
  private final ObjectType<Project> project;
  private final ObjectType<RunTable.ProjectRun> run;

  RunMutations(
      RunTable table,
      String account,
      ObjectType<Project> project,
      ObjectType<RunTable.ProjectRun> run) {
    this.table = table;
    this.account = account;
    this.project = project;
    this.run = run;
  }

  private record Upserted(RunTable.ProjectRun run, boolean inserted) {}

  private record Files(Run run, String directory, List<String> names) {}

  private record UploadUrl(String name, String address) {}

  ObjectType<Caller> type() {
    ObjectType<Upserted> upserted =
        new ObjectType<Upserted>("UpsertBucketPayload")
            .field("bucket", result -> run.of(result.run()))
            .field("inserted", Upserted::inserted);
    ObjectType<Project> upsertedProject =
        new ObjectType<Project>("UpsertModelPayload")
            .field("model", project::of)
            .field("project", project::of)
            .field("inserted", found -> found.runs().isEmpty());
    ObjectType<Boolean> success =
        new ObjectType<Boolean>("SuccessPayload")
            .field("success", done -> done)
            .field("clientMutationId", done -> null);
    ObjectType<UploadUrl> file =
        new ObjectType<UploadUrl>("UploadUrl")
            .field("name", UploadUrl::name)
            .field("uploadUrl", UploadUrl::address);
    ObjectType<Files> files =
        new ObjectType<Files>("CreateRunFilesPayload")
            .field("runID", created -> created.run().storageId())
            .field("uploadHeaders", created -> List.of())
            .field(
                "files",
                created ->
                    created.names().stream()
                        .map(name -> file.of(new UploadUrl(name, created.directory() + name)))
                        .toList());
    return new ObjectType<Caller>("Mutation")
        .field("upsertBucket", (caller, arguments) -> upserted.of(upsert(caller, arguments)))
        .field("upsertModel", (caller, arguments) -> upsertedProject.of(create(caller, arguments)))
        .field("createRunFiles", (caller, arguments) -> files.of(files(caller, arguments)))
        .field("stopRun", (caller, arguments) -> success.of(stop(caller, arguments)));
  }

  private Upserted upsert(Caller caller, Arguments arguments) {
    Arguments input = input(caller, arguments);
    Optional<RunTable.ProjectRun> known = known(input);
    RunTable.ProjectRun found = known.orElseGet(() -> create(input));
    change(found.run(), input);
    return new Upserted(found, known.isEmpty());
  }

  private Optional<RunTable.ProjectRun> known(Arguments input) {
    Optional<String> id = input.text("id");
    if (id.isPresent()) {
      return Optional.of(
          table.byStorageId(id.get()).orElseThrow(() -> new GraphQlException("No such run")));
    }
    return input
        .text("name")
        .flatMap(
            name ->
                table
                    .project(entity(input), projectName(input))
                    .flatMap(in -> in.find(name).map(one -> new RunTable.ProjectRun(in, one))));
  }

  private RunTable.ProjectRun create(Arguments input) {
    Project in = table.projectOrNew(entity(input), projectName(input));
    String name = input.text("name").orElseGet(() -> UUID.randomUUID().toString().substring(0, 8));
    return new RunTable.ProjectRun(in, table.create(in, name));
  }

  /** An id that is given means a change of labels; a name means that a client begins. */
  private void change(Run changed, Arguments input) {
    Run.Labels old = changed.labels();
    changed.label(
        new Run.Labels(
            input.text("displayName").filter(text -> !text.isEmpty()).orElse(old.displayName()),
            input.text("groupName").orElse(old.group()),
            input.text("jobType").orElse(old.jobType()),
            input.text("notes").orElse(old.notes()),
            input.text("description").orElse(old.description()),
            input.text("host").orElse(old.host()),
            input.texts("tags").orElse(old.tags())));
    input.text("config").ifPresent(changed::configure);
    input.text("summaryMetrics").ifPresent(changed::summarise);
    boolean placeholder = input.text("state").filter(PENDING::equals).isPresent();
    if (input.text("id").isEmpty() && !placeholder) {
      changed.begin(table.now());
    }
  }

  private Project create(Caller caller, Arguments arguments) {
    Arguments input = input(caller, arguments);
    return table.projectOrNew(entity(input), input.requiredText("name"));
  }

  private Files files(Caller caller, Arguments arguments) {
    Arguments input = input(caller, arguments);
    String runName = input.requiredText("runName");
    Run found =
        table
            .run(entity(input), input.requiredText("projectName"), runName)
            .orElseThrow(() -> new GraphQlException("run not found: " + runName));
    String directory =
        "%s%s/%s/"
            .formatted(
                caller.server(),
                WandbApi.UPLOADS,
                URLEncoder.encode(runName, StandardCharsets.UTF_8));
    return new Files(found, directory, input.texts("files").orElse(List.of()));
  }

  private boolean stop(Caller caller, Arguments arguments) {
    Optional<RunTable.ProjectRun> found =
        table.byStorageId(input(caller, arguments).requiredText("id"));
    found.ifPresent(one -> one.run().requestStop());
    return found.isPresent();
  }

  private static Arguments input(Caller caller, Arguments arguments) {
    if (!caller.known()) {
      throw new GraphQlException("permission denied");
    }
    return arguments.input();
  }

  private String entity(Arguments input) {
    return input.text("entityName").filter(name -> !name.isEmpty()).orElse(account);
  }

  private static String projectName(Arguments input) {
    return input.text("modelName").filter(name -> !name.isEmpty()).orElse("uncategorized");
  }
}
