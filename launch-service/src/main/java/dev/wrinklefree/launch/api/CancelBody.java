package dev.wrinklefree.launch.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.CancelRequested;
import java.io.IOException;

/**
 * The data of a cancel request, as it is published and as it will be read.
 *
 * @param data its JSON
 */
record CancelBody(JsonNode data) {

  static CancelBody of(CancelRequested request) {
    try {
      return new CancelBody(ContractJson.mapper().readTree(new EventCodec().dataBytes(request)));
    } catch (IOException e) {
      throw new IllegalStateException("what the codec writes is JSON", e);
    }
  }

  byte[] bytes() {
    return data.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
