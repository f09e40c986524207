package org.hikae.http.parameter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Objects;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterConverterProviderTest {

  private static final ParameterConverterProvider PROVIDER = new ParameterConverterProvider();

  /** Parameters of an operation. */
  interface Operations {
    void list(
        @PathParam("campaignId") CampaignId campaignId,
        @QueryParam("before") WaveId before,
        @QueryParam("limit") @PageLimit(20) PageRequest limit,
        String text,
        @QueryParam("after") WaveId after);
  }

  private static Parameter parameter(int index) {
    Method method = Arrays.stream(Operations.class.getDeclaredMethods()).findFirst().orElseThrow();
    return method.getParameters()[index];
  }

  private static Object read(int index, String text) {
    Parameter parameter = parameter(index);
    return Objects.requireNonNull(
            ParameterConverterProvider.reader(parameter.getType(), parameter.getAnnotations()))
        .apply(text);
  }

  @Test
  void a_number_becomes_what_it_names() {
    assertThat(read(0, "7")).isEqualTo(new CampaignId(7));
    assertThat(read(1, "9223372036854775807")).isEqualTo(new WaveId(Long.MAX_VALUE));
    assertThat(read(2, "20")).isEqualTo(new PageRequest(20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "+7", "７", "7 ", "1e1", "9223372036854775808"})
  void what_names_nothing_is_malformed_and_says_which_parameter(String text) {
    assertRefused(0, text, "campaignId must be a number from 1 to 9223372036854775807.");
    assertRefused(1, text, "before must be a number from 1 to 9223372036854775807.");
  }

  @Test
  void a_list_begins_after_0_with_its_first_row() {
    assertThat(read(4, "0")).isEqualTo(new WaveId(0));
    assertThat(read(4, "7")).isEqualTo(new WaveId(7));
    assertRefused(4, "-1", "after must be a number from 0 to 9223372036854775807.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "21", "２", "9223372036854775808"})
  void more_than_a_list_gives_is_malformed(String text) {
    assertRefused(2, text, "limit must be a number from 1 to 20.");
  }

  @Test
  void everything_else_is_left_to_others() {
    assertThat(PROVIDER.getConverter(String.class, String.class, new Annotation[0])).isNull();
  }

  @Test
  void it_is_written_as_it_is_read() {
    Parameter parameter = parameter(0);
    ParamConverter<CampaignId> converter =
        PROVIDER.getConverter(CampaignId.class, CampaignId.class, parameter.getAnnotations());
    assertThat(Objects.requireNonNull(converter).toString(new CampaignId(7))).isEqualTo("7");
  }

  private static void assertRefused(int index, String text, String sentence) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> read(index, text))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(sentence));
  }
}
