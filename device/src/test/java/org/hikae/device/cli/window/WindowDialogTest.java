package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.device.AgentException;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.device.window.WindowClient.WindowReply;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/** What the window asks a person, over HTTP, with the commands themselves behind it. */
@EveryThirdRun
class WindowDialogTest extends WindowDialogTestBase {

  @Test
  void a_person_signs_in_and_reads_what_the_command_says_when_it_cannot_be_done() throws Exception {
    open(device("first"));
    assertThat(page.ask("verdict", "{}").get("server")).as("IT named none").isNull();
    assertThat(result(begin("SIGN_IN"))).contains("login.no-server");
    assertThat(result(signIn())).isEqualTo("SUCCESS");
    assertThat(state().profile().vaultRoot()).isEqualTo(company.vault().rootFingerprint());
    assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("OPT_IN");
    assertThat(result(begin("SIGN_IN"))).as("at the address that is known").contains("SUCCESS");
  }

  @Test
  void a_file_is_named_from_the_home_and_who_has_no_fingerprint_is_told_what_that_means()
      throws Exception {
    open(device("first"));
    String missing = Path.of(device.environment().userHome(), "downloads/ca.pem").toString();
    page.ask(
        "begin",
        json(Map.of("kind", "SIGN_IN", "server", company.url(), "caFile", "~/downloads/ca.pem")));
    assertThat(result(page.asked())).contains(missing);
    page.ask("begin", json(Map.of("kind", "SIGN_IN", "server", company.url())));
    assertThat(result(page.asked())).isEqualTo("SUCCESS");
    JsonNode protection = answer(begin("OPT_IN"), "yes");
    assertThat(protection.get("facts").get("allowed").toString()).isEqualTo("[\"DIGIT_KEY\"]");
    assertThat(protection.get("facts").get("pinned").booleanValue()).isFalse();
  }

  @Test
  void a_sign_in_shows_its_code_while_it_waits_and_ends_when_it_is_cancelled() throws Exception {
    company.answerGrantWith("authorization_pending", Integer.MAX_VALUE);
    open(device("first"));
    page.ask("begin", json(Map.of("kind", "SIGN_IN", "server", company.url())));
    JsonNode waiting = page.until(view -> view.has("signIn"));
    JsonNode signIn = waiting.get("signIn");
    assertThat(signIn.get("userCode").textValue()).isNotEmpty();
    assertThat(signIn.get("address").textValue())
        .startsWith("http")
        .endsWith("#user_code=" + signIn.get("userCode").textValue());
    assertThat(window.busy()).as("who waits for a person can be cut off").isFalse();
    WindowReply second = page.reply("begin", json(Map.of("kind", "OPT_IN")));
    assertThat(second.status()).isEqualTo(422);
    assertThat(second.body()).contains("window.asking");
    page.ask("cancel", "{}");
    assertThat(result(page.asked())).startsWith("CANCELLED");
  }

  @Test
  void a_sign_in_that_was_confirmed_is_work_that_is_not_cut_off() throws Exception {
    open(device("first"));
    List<Boolean> busy = new CopyOnWriteArrayList<>();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.equals("POST /api/v1/enrollment/devices")) {
              busy.add(window.busy());
            }
            return body.readAllBytes();
          }
        });
    assertThat(result(signIn())).isEqualTo("SUCCESS");
    assertThat(busy).as("while it enrols the device").containsOnly(true);
  }

  @Test
  void opting_in_asks_again_for_what_is_mistyped_and_makes_the_sheet() throws Exception {
    open(device("first"));
    signIn();
    JsonNode asked = toPassword();
    assertThat(step(asked)).isEqualTo("NEW_PASSWORD");
    assertThat(page.secret("check-secret", asked, "password1234").body()).contains("guessed first");
    assertThat(page.secret("check-secret", asked, PASSWORD).body()).isEqualTo("{\"problem\":\"\"}");
    assertThat(page.ask("suggest", "{}").textValue()).matches("[a-z-]{27}");
    JsonNode again = secret(asked, "short");
    assertThat(again.get("facts").get("problem").textValue()).contains("too short");
    JsonNode shown = secret(again, PASSWORD);
    assertThat(step(shown)).isEqualTo("SHOWN_DIGITS");
    List<String> rows = rows(shown);
    assertThat(rows).hasSize(4).allMatch(row -> row.matches("[0-9]{4}( [0-9]{4}){3}"));
    Path sheet = folder.resolve("sheet.pdf");
    JsonNode no = answer(shown, folder.resolve("nowhere/sheet.pdf").toString());
    assertThat(no.get("facts").get("problem").textValue()).contains("no folder");
    JsonNode made = answer(no, sheet.toString());
    assertThat(made.get("facts").get("sheet").textValue()).isEqualTo(sheet.toString());
    assertThat(Files.readAllBytes(sheet))
        .startsWith((byte) '%', (byte) 'P', (byte) 'D', (byte) 'F');
    JsonNode row = answer(made, "");
    assertThat(step(row)).isEqualTo("DIGIT_ROW");
    JsonNode wrong = secret(row, "1234");
    assertThat(wrong.get("facts").get("problem").textValue()).contains("Look again");
    JsonNode once = secret(wrong, "");
    assertThat(rows(once)).as("the same key").isEqualTo(rows);
    JsonNode last = answer(once, "");
    JsonNode ended = secret(last, rows.get(last.get("facts").get("row").intValue() - 1));
    assertThat(result(ended)).isEqualTo("SUCCESS");
    assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("NO_BACKUP");
  }

  @Test
  void who_does_not_agree_changes_nothing() throws Exception {
    open(device("first"));
    signIn();
    assertThat(result(answer(begin("OPT_IN"), "no"))).contains("CANCELLED", "optin.declined");
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  @Test
  void another_device_is_unlocked_by_password_or_digits_and_a_wrong_one_says_so() throws Exception {
    open(device("first"));
    signIn();
    List<String> rows = optIn();
    for (String method : List.of("PASSWORD_VAULT", "DIGIT_KEY")) {
      window.close();
      open(device(method));
      signIn();
      JsonNode which = begin("OPT_IN");
      assertThat(step(which)).isEqualTo("UNLOCK_METHOD");
      JsonNode asked = answer(which, method);
      if (method.equals("PASSWORD_VAULT")) {
        assertThat(result(secret(asked, "not it, but long enough"))).contains("LOCKED");
        asked = answer(begin("OPT_IN"), method);
        assertThat(result(secret(asked, PASSWORD))).isEqualTo("SUCCESS");
      } else {
        List<String> mistyped = new ArrayList<>(rows);
        mistyped.set(1, "0000 0000 0000 0001");
        JsonNode again = secret(asked, String.join("\n", mistyped));
        assertThat(again.get("facts").get("problem").textValue()).contains("Row 2");
        assertThat(result(secret(again, String.join("\n", rows)))).isEqualTo("SUCCESS");
      }
      assertThat(page.ask("verdict", "{}").get("verdict").textValue()).isEqualTo("NO_BACKUP");
    }
  }

  @Test
  void what_was_answered_is_not_answered_again() throws Exception {
    open(device("first"));
    signIn();
    JsonNode asked = toPassword();
    JsonNode shown = secret(asked, PASSWORD);
    assertThat(page.secret("answer-secret", asked, PASSWORD).body()).contains("window.not-asked");
    assertThat(page.secret("check-secret", asked, PASSWORD).body()).contains("window.not-asked");
    assertThat(page.reply("answer", json(Map.of("number", 1, "text", "yes"))).status())
        .isEqualTo(422);
    assertThat(page.secret("answer-secret", shown, "1").body())
        .as("no secret is asked")
        .contains("window.not-asked");
    for (String body : List.of("", "1", "x\n1", "99999999999\n1", "-1\nx")) {
      assertThat(page.raw("answer-secret", body).status()).as(body).isEqualTo(422);
    }
  }

  /** Password and digits are in the answers that show them, and in no other. */
  @Test
  void secrets_go_where_they_are_shown_and_nowhere_else() throws Exception {
    open(device("first"));
    signIn();
    JsonNode shown = secret(toPassword(), PASSWORD);
    String before = page.received();
    List<String> rows = rows(shown);
    String digits = page.received().substring(before.length());
    assertThat(digits).contains(rows.getFirst());
    JsonNode row = answer(shown, "");
    WindowReply late = page.reply("shown", json(Map.of("number", shown.get("number").intValue())));
    assertThat(late.body()).contains("window.not-asked");
    secret(row, rows.get(row.get("facts").get("row").intValue() - 1));
    String key = Objects.requireNonNull(state().set()).key();
    assertThat(page.received().replace(digits, ""))
        .doesNotContain(PASSWORD, key, TextCodec.hex(TextCodec.parseBase64("key", key, 32)))
        .doesNotContain(rows)
        .doesNotContain(Objects.requireNonNull(state().refreshToken()));
    assertThat(device.out() + device.err()).doesNotContain(PASSWORD).doesNotContain(rows);
  }

  @Test
  void passwords_and_digits_are_changed_practised_and_told_of() throws Exception {
    open(device("first"));
    signIn();
    List<String> before = optIn();
    JsonNode practice = begin("PRACTICE");
    assertThat(step(practice)).isEqualTo("PRACTICE");
    practice = secret(practice, "something else, long");
    assertThat(practice.get("facts").get("problem").textValue()).contains("cost nothing");
    assertThat(result(secret(practice, PASSWORD))).isEqualTo("SUCCESS");
    JsonNode old = begin("CHANGE_PASSWORD");
    assertThat(step(old)).isEqualTo("PASSWORD");
    JsonNode changed = secret(secret(old, PASSWORD), "marble teapot canyon lantern 7");
    assertThat(result(changed)).isEqualTo("SUCCESS");
    assertThat(changed.get("said").toString()).contains("The new password works");
    JsonNode shown = begin("NEW_DIGITS");
    assertThat(step(shown)).isEqualTo("SHOWN_DIGITS");
    List<String> rows = rows(shown);
    assertThat(rows).doesNotContainAnyElementsOf(before);
    JsonNode row = answer(shown, "");
    assertThat(result(secret(row, rows.get(row.get("facts").get("row").intValue() - 1))))
        .isEqualTo("SUCCESS");
    JsonNode frozen = begin("FREEZE");
    assertThat(result(frozen)).isEqualTo("SUCCESS");
    assertThat(frozen.get("said")).isNotEmpty();
    for (String told : List.of("STATUS", "RECEIPTS", "VERIFY_RECEIPTS", "KEYS", "DEVICES")) {
      JsonNode ended = begin(told);
      assertThat(result(ended)).as(told).isEqualTo("SUCCESS");
      assertThat(ended.get("said")).as(told).isNotEmpty();
    }
    assertThat(begin("DEVICES").get("said").toString()).contains("this device: active");
  }

  @Test
  void a_window_that_closes_ends_what_waits_for_an_answer_in_order() throws Exception {
    open(device("first"));
    signIn();
    JsonNode asked = begin("OPT_IN");
    assertThat(step(asked)).isEqualTo("CONSENT");
    assertThat(window.busy()).isFalse();
    assertThat(isFree()).as("a command waits").isFalse();
    window.close();
    assertThat(isFree()).as("it was waited for").isTrue();
    assertThat(company.state()).isEqualTo("NOT_OPTED_IN");
  }

  /** Whether another command could take the run lock. */
  private boolean isFree() {
    AgentHome home =
        AgentHome.of(device.environment().environment(), device.environment().userHome());
    try (RunLock _ = RunLock.take(home)) {
      return true;
    } catch (AgentException e) {
      return false;
    }
  }
}
