package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.device.window.WindowLimits;
import org.junit.jupiter.api.AfterEach;

/** A window in which a person answers, over HTTP. */
abstract class WindowDialogTestBase extends CompanyTestBase {

  AgentHarness device;
  AgentWindow window;
  WindowPage page;

  void open(AgentHarness of) throws Exception {
    device = of;
    window = AgentWindow.open(of.environment(), "en", WindowLimits.STANDARD);
    page = WindowPage.open(window, "en");
  }

  @AfterEach
  void closeWindow() {
    if (window != null) {
      window.close();
    }
  }

  static String json(Object value) throws Exception {
    return AgentJson.mapper().writeValueAsString(value);
  }

  JsonNode begin(String kind) throws Exception {
    page.ask("begin", json(Map.of("kind", kind)));
    return page.asked();
  }

  JsonNode signIn() throws Exception {
    page.ask(
        "begin",
        json(
            Map.of(
                "kind",
                "SIGN_IN",
                "server",
                company.url(),
                "vaultRoot",
                company.vault().rootFingerprint())));
    return page.asked();
  }

  JsonNode answer(JsonNode asked, String text) throws Exception {
    page.ask("answer", json(Map.of("number", asked.get("number").intValue(), "text", text)));
    return page.asked();
  }

  JsonNode secret(JsonNode asked, String text) throws Exception {
    assertThat(page.secret("answer-secret", asked, text).status()).isEqualTo(200);
    return page.asked();
  }

  static String step(JsonNode asked) {
    return asked.path("step").asText("");
  }

  static String result(JsonNode ended) {
    return ended.path("result").asText("") + ended.path("failure");
  }

  List<String> rows(JsonNode asked) throws Exception {
    JsonNode shown = page.ask("shown", json(Map.of("number", asked.get("number").intValue())));
    return StreamSupport.stream(shown.spliterator(), false).map(JsonNode::textValue).toList();
  }

  AgentState state() throws Exception {
    return new StateFile(
            AgentHome.of(device.environment().environment(), device.environment().userHome()))
        .require();
  }

  /** Up to the first question about a password; both protections. */
  JsonNode toPassword() throws Exception {
    JsonNode consent = begin("OPT_IN");
    assertThat(step(consent)).isEqualTo("CONSENT");
    assertThat(consent.get("facts").get("warning").textValue()).contains("nobody but you");
    assertThat(consent.get("facts").get("body").textValue()).isNotEmpty();
    JsonNode protection = answer(consent, "yes");
    assertThat(step(protection)).isEqualTo("PROTECTION");
    assertThat(protection.get("facts").get("allowed").toString())
        .isEqualTo("[\"BOTH\",\"PASSWORD\",\"DIGIT_KEY\"]");
    return answer(protection, "BOTH");
  }

  /** Opts in with both protections; the rows of the key. */
  List<String> optIn() throws Exception {
    JsonNode shown = secret(toPassword(), PASSWORD);
    List<String> rows = rows(shown);
    JsonNode row = answer(shown, "");
    JsonNode ended = secret(row, rows.get(row.get("facts").get("row").intValue() - 1));
    assertThat(result(ended)).isEqualTo("SUCCESS");
    return rows;
  }
}
