package dev.wrinklefree.cost.focus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellSerializerTest {

  private final JsonMapper mapper =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(String.class, new CellSerializer()))
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"})
  void shouldPutAFormulaBehindAnApostrophe(String text) throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(text)).isEqualTo("\"'" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wf-fairy2-train", "a=b", "{\"model\":\"=x\"}"})
  void shouldLeaveAnyOtherTextAsItIs(String text) throws JsonProcessingException {
    assertThat(mapper.readValue(mapper.writeValueAsString(text), String.class)).isEqualTo(text);
  }
}
