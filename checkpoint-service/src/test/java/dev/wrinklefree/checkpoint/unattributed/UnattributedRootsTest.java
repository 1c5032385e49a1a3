package dev.wrinklefree.checkpoint.unattributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.database.Database;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class UnattributedRootsTest {

  private static final BucketPrefix FORMER = new BucketPrefix("former-bucket", "fairy2/");

  @Inject UnattributedRepository unattributed;
  @Inject Database database;

  @Test
  void whatLiesUnderARootThatIsNoLongerConfiguredIsForgotten() {
    UnattributedTally tally = new UnattributedTally(Set.of(), 10);
    tally.accept(new StoredObject("fairy2/x.pt", 1, 1, "AAAAAA==", Instant.EPOCH));
    unattributed.replace(FORMER, tally, Instant.EPOCH);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                unattributed.newest(1_000).stream()
                    .noneMatch(object -> object.bucket().equals(FORMER.bucket())));
    assertThat(database.query("select bucket from watch_root", row -> row.getString(1)))
        .doesNotContain(FORMER.bucket());
  }
}
