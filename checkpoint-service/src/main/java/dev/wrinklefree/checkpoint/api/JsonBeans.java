package dev.wrinklefree.checkpoint.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST speaks the same JSON as the events. */
@Singleton
class JsonBeans {

  @Produces
  @Singleton
  ObjectMapper objectMapper() {
    return ContractJson.mapper();
  }
}
