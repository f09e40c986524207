package org.hikae.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words and times of the portal, and those that the agent writes. */
class PortalJsonTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123456Z");

  private static ReleaseStatus read(String state, String since) throws JsonProcessingException {
    String json = "{\"state\":" + state + ",\"rule\":\"DEVICE\",\"since\":" + since + "}";
    return PortalJson.mapper().readValue(json, ReleaseStatus.class);
  }

  @Test
  void known_words_and_times_are_read() throws Exception {
    assertThat(read("\"HELD\"", "\"" + NOON + "\""))
        .isEqualTo(
            new ReleaseStatus(ReleaseState.HELD, ReleaseCause.DEVICE, NOON, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOMORROW", "held", "", "1"})
  void of_another_word_there_is_nothing(String word) throws Exception {
    ReleaseStatus read = read("\"" + word + "\"", "\"" + NOON + "\"");
    assertThat(read.state()).isNull();
    assertThat(RequiredFields.complete(read)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tomorrow\"",
        "\"\"",
        "\"2026-11-26\"",
        "\"+1000000000-12-31T23:59:59Z\"",
        "\"-1000000000-01-01T00:00:00Z\"",
        "1764158400",
        "true"
      })
  void another_time_is_unreadable(String time) throws Exception {
    ReleaseStatus read = read("\"HELD\"", time);
    assertThat(read.since()).isEqualTo(PortalTime.UNREADABLE);
    assertThat(RequiredFields.complete(read)).isTrue();
  }

  @Test
  void a_time_that_is_not_said_is_missing() throws Exception {
    ReleaseStatus read = PortalJson.mapper().readValue("{\"state\":\"HELD\"}", ReleaseStatus.class);
    assertThat(RequiredFields.complete(read)).isFalse();
  }

  @Test
  void what_is_neither_word_nor_time_is_refused() {
    assertThatThrownBy(() -> read("1", "\"" + NOON + "\""))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> read("\"HELD\"", "{}")).isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> read("\"HELD\"", "[]")).isInstanceOf(JsonProcessingException.class);
  }

  /** HK1-K-22: in whatever answer the list stands. */
  @Test
  void an_entry_of_a_list_of_wraps_that_is_none_hides_no_other() throws Exception {
    String json =
        """
        {"setId":"00","generation":1,"state":"ACTIVE","createdAt":"2026-11-26T12:00:00Z","wraps":[
          7, null, [], {"wrapId":null,"blob":7,"generation":"x"},
          {"method":"LATER","generation":1.5,"blob":"BBBB"},
          {"wrapId":"aa","method":"DIGIT_KEY","generation":3,"deviceId":"bb","later":{},
           "createdAt":"2026-11-26T12:00:00.123456Z","blob":"AAAA"}]}
        """;
    SetView read = PortalJson.mapper().readValue(json, SetView.class);

    assertThat(RequiredFields.complete(read)).isTrue();
    WrapView none = new WrapView("", null, 0, "", PortalTime.UNREADABLE, null);
    assertThat(read.wraps())
        .containsExactly(
            none,
            none,
            none,
            none,
            new WrapView("", null, 0, "", PortalTime.UNREADABLE, "BBBB"),
            new WrapView("aa", WrapMethod.DIGIT_KEY, 3, "bb", NOON, "AAAA"));
  }

  @Test
  void a_report_is_written_as_it_always_was_and_read_again() throws Exception {
    RunReport report =
        new RunReport(
            RunReport.Kind.BACKUP,
            RunResult.RUNNING,
            Instant.parse("2026-11-26T12:00:00Z"),
            null,
            "1.1",
            1,
            2,
            3,
            4,
            5,
            6,
            null);
    String json = AgentJson.mapper().writeValueAsString(report);
    assertThat(json)
        .isEqualTo(
            """
            {"kind":"BACKUP","result":"RUNNING","startedAt":"2026-11-26T12:00:00Z",\
            "agentVersion":"1.1","filesDone":1,"filesFailed":2,"bytesRead":3,"bytesSent":4,\
            "bytesReceived":5,"durationMillis":6}""");
    assertThat(AgentJson.mapper().readValue(json, RunReport.class)).isEqualTo(report);
  }

  @Test
  void a_file_of_the_agent_with_a_wrong_word_or_time_is_damaged() {
    String json = "{\"state\":\"HELD\",\"rule\":\"DEVICE\",\"since\":\"2026-11-26T12:00:00Z\"}";
    for (String damaged :
        List.of(json.replace("HELD", "X"), json.replace("T12", "t"), json.replace("DEVICE", "0"))) {
      assertThatThrownBy(() -> AgentJson.mapper().readValue(damaged, ReleaseStatus.class))
          .as(damaged)
          .isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void times_in_results_are_text_and_unreadable_ones_are_none() throws Exception {
    assertThat(AgentJson.mapper().writeValueAsString(Map.of("at", NOON)))
        .isEqualTo("{\"at\":\"" + NOON + "\"}");
    assertThat(AgentJson.mapper().writeValueAsString(Map.of("at", PortalTime.UNREADABLE)))
        .isEqualTo("{\"at\":null}");
    assertThat(PortalTime.text(PortalTime.UNREADABLE)).isEqualTo("?");
  }
}
