package dev.wrinklefree.checkpoint.api;

import dev.wrinklefree.checkpoint.check.BucketChecks;
import dev.wrinklefree.checkpoint.ledger.CheckpointRepository;
import dev.wrinklefree.checkpoint.listing.BucketAccess;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.unattributed.UnattributedConfig;
import dev.wrinklefree.rest.access.Roles;
import dev.wrinklefree.rest.checks.Check;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Whether the buckets can be used, asked now. */
@Path("/checks")
@Produces(MediaType.APPLICATION_JSON)
class ChecksResource {

  private final BucketChecks checks;
  private final CheckpointRepository checkpoints;
  private final UnattributedConfig config;

  ChecksResource(BucketAccess access, CheckpointRepository checkpoints, UnattributedConfig config) {
    this.checks = new BucketChecks(access);
    this.checkpoints = checkpoints;
    this.config = config;
  }

  @GET
  @Blocking
  @RolesAllowed({Roles.VIEWER, Roles.LAUNCHER, Roles.ADMIN})
  @Operation(
      summary = "Whether the buckets of the watched roots can be listed, read and written",
      description = "Asks Cloud Storage now; nothing is written.")
  public CheckList list() {
    // One root of each bucket is enough: rights are given by bucket.
    Map<String, BucketPrefix> roots = new LinkedHashMap<>();
    config.roots().stream()
        .map(BucketPrefix::parse)
        .forEach(root -> roots.putIfAbsent(root.bucket(), root));
    return new CheckList(
        roots.values().stream()
            .flatMap(
                root ->
                    checks.of(root, checkpoints.lastWrittenIn(root.bucket()).orElse(null)).stream())
            .toList());
  }

  /** The answer. */
  record CheckList(List<Check> checks) {}
}
