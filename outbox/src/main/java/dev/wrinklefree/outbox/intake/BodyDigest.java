package dev.wrinklefree.outbox.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.RawEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Whether two events of one identity say the same: a digest of type, run and data. The order of
 * JSON fields and white space do not count, since a producer that tries again may encode anew.
 */
final class BodyDigest {

  private final ObjectMapper canonical =
      ContractJson.mapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  byte[] of(RawEvent event) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String head = event.attributes().type().typeName() + "\n" + event.attributes().runId() + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      Object plain = canonical.treeToValue(event.data(), Object.class);
      return digest.digest(canonical.writeValueAsBytes(plain));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("parsed JSON can be written again", e);
    }
  }
}
