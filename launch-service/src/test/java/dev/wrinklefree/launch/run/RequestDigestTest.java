package dev.wrinklefree.launch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.Samples;
import org.junit.jupiter.api.Test;

class RequestDigestTest {

  @Test
  void orderWhiteSpaceAndNullsMakeNoDifference() {
    assertThat(digest("{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":null}"))
        .isEqualTo(digest("{ \"a\" : {\"y\":[1,2], \"x\":1, \"z\":null} }"))
        .hasSize(64);
  }

  @Test
  void theOrderOfAListAndAnyValueDo() {
    assertThat(digest("{\"a\":[1,2]}")).isNotEqualTo(digest("{\"a\":[2,1]}"));
    assertThat(digest("{\"a\":\"1\"}")).isNotEqualTo(digest("{\"a\":1}"));
    assertThat(digest("{\"a\":\"\\ud800\"}")).isNotEqualTo(digest("{\"a\":\"?\"}"));
  }

  private static String digest(String json) {
    return RequestDigest.of(Samples.json(json));
  }
}
