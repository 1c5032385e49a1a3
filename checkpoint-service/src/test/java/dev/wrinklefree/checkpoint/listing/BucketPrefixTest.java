package dev.wrinklefree.checkpoint.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketPrefixTest {

  @Test
  void readsItsOwnText() {
    BucketPrefix where = new BucketPrefix("wrinklefree-checkpoints", "fairy2/smollm2_135m/my-run/");

    assertThat(BucketPrefix.parse(where.toString())).isEqualTo(where);
    assertThat(where.uriOf("fairy2/x.pt")).isEqualTo("gs://wrinklefree-checkpoints/fairy2/x.pt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bucket/prefix/",
        "gs://bucket",
        "gs://bucket/",
        "gs://bucket/p",
        "gs:///p/",
        "gs://b//p/"
      })
  void refusesWhatIsNoPrefix(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> BucketPrefix.parse(uri));
  }
}
