package dev.wrinklefree.checkpoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.listing.Access;
import dev.wrinklefree.checkpoint.listing.Access.Granted;
import dev.wrinklefree.checkpoint.listing.Access.NoAnswer;
import dev.wrinklefree.checkpoint.listing.Access.Refused;
import dev.wrinklefree.checkpoint.listing.BucketAccess;
import dev.wrinklefree.checkpoint.listing.BucketPrefix;
import dev.wrinklefree.rest.checks.Check;
import dev.wrinklefree.rest.checks.Check.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketChecksTest {

  private static final Access YES = new Granted("seen");
  private static final Access NO = new Refused("answered 403", false);
  private static final Access SILENCE = new NoAnswer("answered 503");
  private static final Instant UPLOAD = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void saysAllThree() {
    List<Check> checks = checks(YES, YES, YES, UPLOAD);

    assertThat(checks)
        .extracting(Check::name)
        .containsExactly("gs://b listable", "gs://b readable", "gs://b writable");
    assertThat(checks).allMatch(check -> check.status() == Status.OK && check.advice() == null);
    assertThat(checks.getLast().detail()).contains("2026-11-23T10:00:00Z");
  }

  @Test
  void aBucketThatMayNotBeListedOrReadIsAFailureWithAdvice() {
    List<Check> checks = checks(NO, NO, YES, null);

    assertThat(checks.subList(0, 2))
        .allMatch(check -> check.status() == Status.FAILED)
        .allMatch(check -> String.valueOf(check.advice()).contains("roles/storage.objectViewer"));
  }

  @Test
  void aBucketThatDoesNotExistIsToBeCreated() {
    Check check = checks(new Refused("no such bucket", true), NO, NO, null).getFirst();

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.advice()).contains("Create the bucket");
  }

  @Test
  void thatThisServiceMayNotWriteIsNoFailure() {
    assertThat(checks(YES, YES, NO, UPLOAD).getLast().status()).isEqualTo(Status.OK);
    Check check = checks(YES, YES, NO, null).getLast();
    assertThat(check.status()).isEqualTo(Status.UNKNOWN);
    assertThat(check.advice()).contains("roles/storage.objectUser");
  }

  @Test
  void withoutAnAnswerNothingIsSaidAndNothingFurtherAsked() {
    assertThat(checks(SILENCE, YES, YES, UPLOAD))
        .allMatch(check -> check.status() == Status.UNKNOWN && check.advice() != null);
    assertThat(checks(YES, SILENCE, SILENCE, UPLOAD))
        .extracting(Check::status)
        .containsExactly(Status.OK, Status.UNKNOWN, Status.UNKNOWN);
  }

  private static List<Check> checks(
      Access list, Access read, Access write, @Nullable Instant upload) {
    BucketAccess access =
        new BucketAccess() {
          @Override
          public Access list(BucketPrefix where) {
            return list;
          }

          @Override
          public Access read(BucketPrefix where) {
            return read;
          }

          @Override
          public Access write(String bucket) {
            return write;
          }
        };
    return new BucketChecks(access).of(new BucketPrefix("b", "fairy2/"), upload);
  }
}
