package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.hikae.device.AgentJson;
import org.junit.jupiter.api.Test;

/** Diagnostics in the window: shown, and sent on a click. */
class WindowReportTest extends WindowDialogTestBase {

  @Test
  void what_is_sent_on_a_click_was_shown_before() throws Exception {
    open(optedIn("first"));
    JsonNode asked = begin("REPORT");
    assertThat(step(asked)).isEqualTo("DIAGNOSTICS");
    String shown = asked.get("said").toString();
    assertThat(shown).contains("This would be sent to your IT. It holds no file names");
    assertThat(result(answer(asked, ""))).contains("CANCELLED", "report.not-sent");
    assertThat(company.responses().diagnostics).isEmpty();

    asked = begin("REPORT");
    shown = asked.get("said").toString();
    assertThat(company.responses().diagnostics).as("before the click").isEmpty();
    JsonNode ended = answer(asked, "yes");
    assertThat(result(ended)).isEqualTo("SUCCESS");
    assertThat(ended.get("said").toString()).contains("Sent.", "2026-01-31");
    JsonNode sent = AgentJson.mapper().readTree(company.responses().diagnostics.getFirst());
    assertThat(shown)
        .contains("(" + sent.get("freeBytes") + " bytes)", sent.get("javaVersion").textValue())
        .contains("takes the sign-in");
  }

  @Test
  void who_is_not_signed_in_is_led_to_sign_in() throws Exception {
    open(device("first"));
    assertThat(result(begin("REPORT"))).contains("REFUSED", "report.not-signed-in", "hikae login");
  }
}
