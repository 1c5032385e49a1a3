package dev.wrinklefree.contract.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Reads times as strings only: as a number, one reader's seconds are another's milliseconds. */
final class InstantReader extends StdDeserializer<Instant> {

  private static final long serialVersionUID = 1L;

  InstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      Optional<Instant> time = ContractTime.read(parser.getText());
      if (time.isPresent()) {
        return time.get();
      }
    }
    return context.reportInputMismatch(Instant.class, "must be an RFC 3339 time from 1970 to 9999");
  }
}
