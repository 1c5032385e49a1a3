package dev.wrinklefree.cost.focus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Writes text that a spreadsheet would take for a formula behind an apostrophe, since a run's name
 * is its launcher's choice. FOCUS says nothing of this; only the columns for people can begin so,
 * never an id, a cloud or a figure, and the JSON export has the text as it is.
 */
final class CellSerializer extends StdSerializer<String> {

  private static final long serialVersionUID = 1L;

  private static final String BEGINS_A_FORMULA = "=+-@\t\r";

  CellSerializer() {
    super(String.class);
  }

  @Override
  public void serialize(String value, JsonGenerator generator, SerializerProvider provider)
      throws IOException {
    boolean formula = !value.isEmpty() && BEGINS_A_FORMULA.indexOf(value.charAt(0)) >= 0;
    generator.writeString(formula ? "'" + value : value);
  }
}
