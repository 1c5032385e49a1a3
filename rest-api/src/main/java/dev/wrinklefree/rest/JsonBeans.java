package dev.wrinklefree.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import io.quarkus.arc.All;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** REST speaks the contract's JSON: a value over HTTP and one on a topic are the same bytes. */
@Singleton
class JsonBeans {

  /** Takes the place of the framework's own mapper. The customizers teach it to write problems. */
  @Produces
  @Singleton
  ObjectMapper objectMapper(@All List<ObjectMapperCustomizer> customizers) {
    ObjectMapper mapper = ContractJson.mapper();
    customizers.stream().sorted().forEach(customizer -> customizer.customize(mapper));
    return mapper;
  }
}
