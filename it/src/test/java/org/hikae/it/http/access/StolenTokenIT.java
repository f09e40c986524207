package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * HK1-V-43 with the real Keycloak, portal and vault: what a portal in wrong hands could do with the
 * tokens of an employee. That the agent's own are good, every test of the agent shows.
 *
 * <p>Time budget: 10 seconds beside the system's start.
 */
class StolenTokenIT {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final VaultMessageType TYPE = VaultMessageType.STATUS;

  private static TestCompany company;
  private static TestAccount testAccount;
  private static ApiClient session;

  @BeforeAll
  static void an_employee_with_a_device() throws Exception {
    company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    testAccount = company.employee();
    session = ApiDevice.enrol(company.agentOf(testAccount), "theirs").session();
  }

  /** What the vault says to a message with this token, signed by this key. */
  private static VaultReply ask(String token, SigningKey key) throws Exception {
    SignedCard signed = SignedCard.parse(session.get("/v1/device/vault/card").body());
    VaultCard card = VaultCard.parse(signed.card());
    byte[] payload = new VaultPayload.Status(ApiDevice.random(16), 0).encode();
    byte[] setId = ApiDevice.random(16);
    long now = Instant.now().getEpochSecond();
    byte[] signature =
        key.sign(VaultRequest.transcript(TYPE, signed, now, token, setId, new byte[0], payload));
    byte[] request =
        new VaultRequest(
                now, token, setId, key.publicKey().encode(), new byte[0], payload, signature)
            .encode();
    ClientChannel.SealedRequest sealedRequest =
        new ClientChannel(
                new P256Group(RANDOM), Element.decodeUncompressed(card.channelKey()), RANDOM)
            .seal(VaultEnvelope.channelInfo(TYPE, card.tenant(), signed), new byte[0], request);
    byte[] answer =
        session
            .bytes(
                "POST",
                "/v1/device/vault/messages",
                new VaultEnvelope(TYPE, card.sequence(), sealedRequest.sealed()).encode())
            .body();
    VaultReply.Outer outer = VaultReply.Outer.parse(answer);
    assertThat(outer.sealedReply()).isTrue();
    return VaultAnswer.parse(sealedRequest.openReply(outer.body())).reply();
  }

  @Test
  void the_token_of_a_call_to_the_portal_is_worth_nothing_at_the_vault() throws Exception {
    String sentToThePortal = company.signIn().agentToken(testAccount);
    assertThat(company.anonymous().bearer(sentToThePortal).get("/v1/enrollment").status())
        .isEqualTo(200);

    assertThat(ask(sentToThePortal, SigningKey.generate(RANDOM)))
        .isEqualTo(VaultReply.Refused.of(VaultRefusal.TOKEN_REFUSED));
  }

  @Test
  void a_token_for_the_vault_is_worth_nothing_to_another_key_nor_at_the_portal() throws Exception {
    SigningKey key = SigningKey.generate(RANDOM);
    String bound = company.signIn().agentTokenBoundTo(key, testAccount);

    assertThat(ask(bound, key)).isInstanceOf(VaultReply.Done.class);
    assertThat(ask(bound, SigningKey.generate(RANDOM)))
        .isEqualTo(VaultReply.Refused.of(VaultRefusal.TOKEN_REFUSED));
    RefusalAssert.assertRefused(
        company.anonymous().bearer(bound).get("/v1/enrollment"), ProblemCode.UNAUTHENTICATED);
  }
}
