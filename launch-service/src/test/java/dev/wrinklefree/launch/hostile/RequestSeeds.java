package dev.wrinklefree.launch.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.launch.Samples;
import java.util.List;

/** What mutations of launch requests begin with. */
final class RequestSeeds {

  /** All names that mean something in a request. */
  static final List<String> FIELDS =
      List.of(
          "template",
          "name",
          "model",
          "mode",
          "scale",
          "overrides",
          "environment",
          "secrets",
          "clouds",
          "spot",
          "budget",
          "labels",
          "owner",
          "limit",
          "amount",
          "currency",
          "action",
          "cloud",
          "region",
          "parameters",
          "resume",
          "task",
          "runId");

  private RequestSeeds() {}

  /** A request that uses every field. */
  static ObjectNode full() {
    return Samples.json(
        """
        {"template":"fairy2_train","name":"nightly","model":"smollm2_135m","mode":"w2",
         "scale":"dev","overrides":["training.max_steps=10","+note='a b'","~c"],
         "environment":{"A":"b","NOTE":"two\\nlines"},"secrets":["HF_TOKEN"],
         "clouds":[{"cloud":"gcp","region":"us-central1"},{"cloud":"aws"}],"spot":true,
         "budget":{"limit":{"amount":"12.50","currency":"USD"},"action":"cancel"},
         "labels":{"team":"q"},"owner":"dana@example.org"}
        """);
  }

  /** The same, for a model that there is not: it can never become a run. */
  static ObjectNode hopeless() {
    return full().put("model", "none");
  }
}
