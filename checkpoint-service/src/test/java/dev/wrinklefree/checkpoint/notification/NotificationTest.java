package dev.wrinklefree.checkpoint.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.checkpoint.notification.Notification.Finalized;
import dev.wrinklefree.checkpoint.notification.Notification.Irrelevant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationTest {

  @Test
  void anObjectMayLieInThePrefixThatAnyOfItsDirectoriesIs() {
    Notification notification =
        Notification.of(finalized("bkt", "fairy2/m/run-1/checkpoint-1/a.pt"));

    assertThat(((Finalized) notification).places())
        .containsExactlyInAnyOrder(
            new BucketPrefix("bkt", "fairy2/"),
            new BucketPrefix("bkt", "fairy2/m/"),
            new BucketPrefix("bkt", "fairy2/m/run-1/"),
            new BucketPrefix("bkt", "fairy2/m/run-1/checkpoint-1/"));
  }

  @Test
  void anObjectAtTheTopLiesNowhere() {
    assertThat(((Finalized) Notification.of(finalized("bkt", "a.pt"))).places()).isEmpty();
  }

  @Test
  void whatSaysSomethingElseOrNothingIsIrrelevant() {
    List<Map<String, String>> messages =
        List.of(
            Map.of(),
            Map.of("eventType", "OBJECT_FINALIZE"),
            Map.of("eventType", "OBJECT_FINALIZE", "objectId", "a/b"),
            Map.of("eventType", "OBJECT_DELETE", "bucketId", "bkt", "objectId", "a/b"),
            finalized(" ", "a/b"),
            finalized("bkt", "/a/b"),
            finalized("b\0kt", "a/b"),
            finalized("bkt", "a/".repeat(2_000)));

    assertThat(messages)
        .allSatisfy(
            attributes -> assertThat(Notification.of(attributes)).isInstanceOf(Irrelevant.class));
  }

  private static Map<String, String> finalized(String bucket, String object) {
    return Map.of("eventType", "OBJECT_FINALIZE", "bucketId", bucket, "objectId", object);
  }
}
