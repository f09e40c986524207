package org.hikae.device.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.hk1.MalformedException;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent does when an answer of the vault is lost on the way. Budget: 60 seconds. */
@EveryThirdRun
class LostVaultReplyTest extends CompanyTestBase {

  private static final String OTHER = "amber lantern whistle canyon 77";

  /** Behind its length, which is of four bytes. */
  private static final int KE2_STARTS = 4;

  @Test
  void lost_replies_never_lead_back_to_another_registration() throws Exception {
    company.vault().loseReplies(VaultMessageType.EXPOSE, 7);
    AgentHarness first = optedIn("first");
    assertThat(company.vault().asked(VaultMessageType.REG_INIT)).isEqualTo(1);
    assertThat(company.state()).isEqualTo("OPTED_IN");
    assertThat(first.run("receipts", "verify")).isZero();

    company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 1);
    int guesses = company.vault().guesses();
    assertThat(changePassword(first, PASSWORD, OTHER)).as(first.err()).isZero();
    assertThat(company.vault().guesses()).isEqualTo(guesses + 2);

    company.vault().loseReplies(VaultMessageType.ORDER, 1);
    assertThat(first.run("freeze")).as(first.err()).isZero();
    assertThat(first.out()).contains("Frozen");
  }

  @Test
  void a_lost_answer_to_a_guess_is_asked_for_again_and_costs_nothing_more() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    int guesses = company.vault().guesses();
    company.vault().loseReplies(VaultMessageType.LOGIN_START, 2);
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isZero();
    assertThat(company.vault().guesses()).isEqualTo(guesses + 1);
  }

  @Test
  void a_lost_key_is_fetched_with_another_login_because_its_password_was_right() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    int guesses = company.vault().guesses();
    company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 1);
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isZero();
    assertThat(company.vault().guesses()).isEqualTo(guesses + 2);
  }

  @Test
  void a_key_that_is_lost_twice_is_said_to_be_lost_and_the_password_to_be_right() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    int guesses = company.vault().guesses();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            byte[] sent = body.readAllBytes();
            if (request.endsWith("/vault/messages") && isLoginStart(sent)) {
              company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 1);
            }
            return sent;
          }
        });
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("The password is right", "lost twice");
    assertThat(company.vault().guesses()).isEqualTo(guesses + 2);
  }

  private static boolean isLoginStart(byte[] envelope) {
    try {
      return VaultEnvelope.parse(envelope).type() == VaultMessageType.LOGIN_START;
    } catch (MalformedException e) {
      return false;
    }
  }

  /** HK1-V-45: whoever holds a fetch back for a minute must not get a guess for each. */
  @Test
  void a_key_that_the_vault_did_not_give_is_no_reason_for_another_guess() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    int guesses = company.vault().guesses();
    company
        .vault()
        .refuseNext(VaultMessageType.LOGIN_FINISH, VaultReply.Refused.of(VaultRefusal.WRONG_STATE));
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("The password is right", "This attempt counts");
    assertThat(company.vault().guesses()).isEqualTo(guesses + 1);
  }

  /** HK1-V-45. */
  @Test
  void a_guess_whose_answer_stays_lost_is_not_made_again() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    int guesses = company.vault().guesses();
    company
        .vault()
        .refuseNext(VaultMessageType.LOGIN_START, VaultReply.Refused.of(VaultRefusal.WRONG_STATE));
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("answer to this attempt was lost", "hikae status");
    assertThat(company.vault().guesses()).isEqualTo(guesses);
  }

  /** HK1-V-45: whoever answers in place of the vault does not say what that has done. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 413, 429, 500, 502, 504})
  void an_answer_of_http_says_nothing_of_a_guess(int status) throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    company.answersForTheVaultWith(status);
    int guesses = company.vault().guesses();
    company.vault().loseReplies(VaultMessageType.LOGIN_START, 1);
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isZero();
    assertThat(company.vault().guesses()).as("the very same again").isEqualTo(guesses + 1);

    company.vault().loseReplies(VaultMessageType.LOGIN_START, 100);
    AgentHarness third = device("third");
    exit = restoreByPassword(third);
    assertThat(exit).as(third.err()).isEqualTo(5);
    assertThat(third.err()).contains("Take the attempt for used", "hikae status");
    assertThat(company.vault().guesses()).as("no other one").isEqualTo(guesses + 2);
  }

  /** HK1-V-45: nor does a refusal in the clear, or what does not open. */
  @Test
  void a_refusal_in_the_clear_says_nothing_of_a_guess() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    byte[] clear =
        new VaultReply.Outer(false, VaultReply.Refused.of(VaultRefusal.MALFORMED).encode())
            .encode();
    int before = company.vault().asked(VaultMessageType.LOGIN_START);
    company.vault().changeReplies(reply -> guessedSince(before) ? clear : reply);
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("Take the attempt for used").doesNotContain("no attempt");

    int meanwhile = company.vault().asked(VaultMessageType.LOGIN_START);
    company
        .vault()
        .changeReplies(reply -> guessedSince(meanwhile) ? Arrays.copyOf(reply, 40) : reply);
    AgentHarness third = device("third");
    exit = restoreByPassword(third);
    assertThat(exit).as(third.err()).isEqualTo(5);
    assertThat(third.err()).contains("Take the attempt for used");
  }

  private boolean guessedSince(int before) {
    return company.vault().asked(VaultMessageType.LOGIN_START) > before;
  }

  @Test
  void a_key_for_which_something_else_came_is_said_to_cost_the_attempt() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    company.answersForTheVaultWith(403);
    company.vault().drops(VaultMessageType.LOGIN_FINISH, true);
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("The password is right", "This attempt counts");
  }

  /** HK1-V-45: what refuses this sending alone gives the guess before it back to nobody. */
  @Test
  void a_key_that_the_vault_refuses_to_give_costs_the_attempt_and_that_is_said() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    company
        .vault()
        .refuseNext(VaultMessageType.LOGIN_FINISH, VaultReply.Refused.of(VaultRefusal.SEALED));
    AgentHarness second = device("second");
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(5);
    assertThat(second.err()).contains("The password is right", "This attempt counts");
  }

  /** HK1-V-46: nothing of that reply is used, and the attempt may have been counted. */
  @Test
  void a_guess_to_which_an_older_ledger_answers_is_taken_for_spent() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    AgentHarness second = device("second");
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            byte[] message = body.readAllBytes();
            if (request.endsWith("/vault/messages") && isLoginStart(message)) {
              company.vault().setBack(3);
            }
            return message;
          }
        });
    int exit = restoreByPassword(second);
    assertThat(exit).as(second.err()).isEqualTo(6);
    assertThat(second.err()).contains("ALARM: the vault", "Take it for used");
  }

  /** HK1-V-46: it was sealed, so the guess was counted, and nothing says if it was right. */
  @Test
  void an_answer_to_a_guess_in_another_form_is_taken_for_a_spent_attempt() throws Exception {
    AgentHarness first = optedIn("first");
    assertThat(first.run("backup", tree.toString())).isZero();
    AgentHarness second = device("second");
    List<UnaryOperator<byte[]>> forms =
        List.of(
            payload -> Arrays.copyOf(payload, payload.length - 1),
            payload -> {
              byte[] noPoint = payload.clone();
              noPoint[KE2_STARTS] = 9;
              return noPoint;
            });
    for (UnaryOperator<byte[]> form : forms) {
      int guesses = company.vault().guesses();
      company.vault().changePayloads(VaultMessageType.LOGIN_START, form);
      int exit = restoreByPassword(second);
      assertThat(exit).as(second.err()).isEqualTo(5);
      assertThat(second.err()).contains("Take the attempt for used", "hikae status");
      assertThat(company.vault().guesses()).isEqualTo(guesses + 1);
    }
  }

  private int restoreByPassword(AgentHarness device) throws Exception {
    signIn(device);
    return restore(device, folder.resolve("y"), "--password-fd", PASSWORD + "\n");
  }

  private int changePassword(AgentHarness device, String old, String fresh) throws IOException {
    return device.run("password", "--password-fd", fd(old), "--new-password-fd", fd(fresh));
  }
}
