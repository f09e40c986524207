package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeKeyTransfers;
import org.hikae.device.window.WindowLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HK1-T-11: the key goes from the window of one computer to that of another. */
class WindowTransferTest extends CompanyTestBase {

  private final List<AgentWindow> windows = new ArrayList<>();

  @AfterEach
  void closeWindows() {
    windows.forEach(AgentWindow::close);
  }

  private WindowPage page(AgentHarness of) throws Exception {
    AgentEnvironment here = of.environment();
    AgentHarness waiting = of.on(Map.of(), here.clock(), _ -> Thread.sleep(20), here.computer());
    AgentWindow window = AgentWindow.open(waiting.environment(), "en", WindowLimits.STANDARD);
    windows.add(window);
    return WindowPage.open(window, "en");
  }

  private static JsonNode begin(WindowPage page, String kind) throws Exception {
    return page.ask("begin", AgentJson.mapper().writeValueAsString(Map.of("kind", kind)));
  }

  @Test
  void the_digits_of_one_window_are_typed_in_the_other() throws Exception {
    WindowPage oldPage = page(optedIn("old"));
    AgentHarness fresh = device("new");
    signIn(fresh);
    WindowPage newPage = page(fresh);
    begin(newPage, "TRANSFER");
    JsonNode shown = newPage.until(view -> view.has("transfer"));
    String code = shown.get("transfer").get("code").textValue();
    assertThat(code).matches("\\d{6}");
    assertThat(shown.get("transfer").get("qr")).hasSize(21);

    begin(oldPage, "GIVE_KEY");
    JsonNode asked = oldPage.asked();
    assertThat(asked.path("step").asText()).isEqualTo("TRANSFER_CODE");
    assertThat(asked.get("facts").get("from").textValue()).isEqualTo(FakeKeyTransfers.ADDRESS);
    assertThat(oldPage.secret("answer-secret", asked, "12").status()).isEqualTo(200);
    JsonNode again = oldPage.asked();
    assertThat(again.get("facts").get("problem").textValue()).contains("not six digits");
    assertThat(oldPage.secret("answer-secret", again, code).status()).isEqualTo(200);
    assertThat(oldPage.asked().path("result").asText()).isEqualTo("SUCCESS");

    JsonNode ended = newPage.asked();
    assertThat(ended.path("result").asText()).as(ended.toString()).isEqualTo("SUCCESS");
    // The digits are gone from the page with the end.
    assertThat(ended.has("transfer")).isFalse();
    assertThat(oldPage.received()).doesNotContain(code);
  }

  @Test
  void who_cancels_shows_no_digits_any_more() throws Exception {
    optedIn("old");
    AgentHarness fresh = device("new");
    signIn(fresh);
    WindowPage page = page(fresh);
    begin(page, "TRANSFER");
    page.until(view -> view.has("transfer"));
    page.ask("cancel", "{}");
    JsonNode ended = page.asked();
    assertThat(ended.path("result").asText()).isEqualTo("CANCELLED");
    assertThat(ended.has("transfer")).isFalse();
  }
}
