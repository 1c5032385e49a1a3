package dev.wrinklefree.cost.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** REST speaks the contract's JSON: a cost over HTTP and one on the topic are the same bytes. */
@Singleton
class JsonBeans {

  @Produces
  @Singleton
  ObjectMapper mapper() {
    return ContractJson.mapper();
  }
}
