package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an example is another one than an answer. */
class ExampleShapeTest {

  private static String shape(String json) throws Exception {
    return OperationExamples.shape(new ObjectMapper().readTree(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'a':1}|{'a':2}|true",
        "{'a':1,'b':'x'}|{'b':'y','a':7}|true",
        "{'a':[{'b':1}]}|{'a':[{'b':2},{'b':3}]}|true",
        "{'a':1}|{'a':'1'}|false",
        "{'a':1}|{'b':1}|false",
        "{'a':1}|{'a':1,'b':1}|false",
        "{'a':{'b':1}}|{'a':{'b':true}}|false",
        "{'a':[{'b':1}]}|{'a':[{'c':1}]}|false",
        "{'a':[]}|{'a':[1]}|false",
        "{'a':null}|{'a':1}|false"
      })
  void names_and_kinds_count_and_values_do_not(String one, String other, boolean same)
      throws Exception {
    assertThat(shape(one.replace('\'', '"')).equals(shape(other.replace('\'', '"'))))
        .isEqualTo(same);
  }
}
