package dev.wrinklefree.sandbox.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WandbServerTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private WandbServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = WandbServer.start(0);
  }

  @AfterEach
  void stopServer() {
    server.close();
    http.close();
  }

  @Test
  void shouldKnowTheHolderOfAnyKeyButNobodyWithoutOne() throws Exception {
    String query = "query Viewer { viewer { id entity username } }";

    assertThat(ask(query, true).at("/data/viewer/entity").asText()).isEqualTo("sandbox");
    assertThat(ask(query, false).at("/data/viewer").isNull()).isTrue();
  }

  @Test
  void shouldHaveNoRunsOnOnePage() throws Exception {
    JsonNode answer =
        ask(
            "query Runs($project:String!){ project(name:$project){ runs(first:50){"
                + " edges{ node{ name } } pageInfo{ endCursor hasNextPage } } } }",
            true);

    assertThat(answer.at("/data/project/runs/edges").isEmpty()).isTrue();
    assertThat(answer.at("/data/project/runs/pageInfo/hasNextPage").booleanValue()).isFalse();
    assertThat(answer.has("errors")).isFalse();
  }

  @Test
  void shouldAnswerNullForARunThatNeverReported() throws Exception {
    JsonNode answer =
        ask("query Run($p:String!){ project(name:$p){ run(name:\"r\"){ state } } }", true);

    assertThat(answer.at("/data/project/run").isNull()).isTrue();
  }

  @Test
  void shouldSayThatItCannotAnswerWhatItDoesNotKnow() throws Exception {
    assertThat(ask("query { artifacts { id } }", true).at("/errors/0/message").asText())
        .contains("does not answer");
    assertThat(ask("mutation { upsertBucket(input:{}) { bucket { id } } }", true).has("data"))
        .isFalse();
  }

  @Test
  void shouldRefuseOtherPathsAndBodiesThatAreNotJson() throws Exception {
    assertThat(send("/files/e/p/r/file_stream", "{}").statusCode()).isEqualTo(404);
    assertThat(send("/graphql", "not json").statusCode()).isEqualTo(400);
  }

  private JsonNode ask(String query, boolean withKey) throws Exception {
    String body = json.writeValueAsString(json.createObjectNode().put("query", query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + "/graphql"))
            .POST(BodyPublishers.ofString(body));
    if (withKey) {
      request.header("Authorization", "Basic YXBpOmtleQ==");
    }
    return json.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    URI address = URI.create(server.endpoint() + path);
    return http.send(
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }
}
