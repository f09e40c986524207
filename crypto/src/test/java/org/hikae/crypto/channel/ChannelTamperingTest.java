package org.hikae.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.flip;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.junit.jupiter.api.Test;

/** A portal that relays and changes what it relays. HK1-V-02, HK1-V-04. */
class ChannelTamperingTest {

  private static final byte[] INFO = ascii("info");
  private static final byte[] AAD = ascii("aad");
  private static final byte[] REQUEST = ascii("request");
  private static final byte[] REPLY = ascii("reply");

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final DhKeyPair vaultKey = DhKeyPair.generate(group, random);
  private final ClientChannel client = new ClientChannel(group, vaultKey.publicKey(), random);
  private final ServerChannel server = new ServerChannel(vaultKey, random);

  @Test
  void a_request_and_its_reply_arrive() throws CryptoException {
    for (int length : new int[] {0, 1, 100, 32 * 1024}) {
      byte[] message = new byte[length];
      random.nextBytes(message);
      ClientChannel.SealedRequest sealedRequest = client.seal(INFO, AAD, message);
      assertThat(sealedRequest.sealed()).hasSize(length + ClientChannel.REQUEST_OVERHEAD);
      ServerChannel.OpenedRequest openedRequest = server.open(INFO, AAD, sealedRequest.sealed());
      assertThat(openedRequest.request()).isEqualTo(message);
      byte[] reply = openedRequest.sealReply(message);
      assertThat(reply).hasSize(length + ServerChannel.REPLY_OVERHEAD);
      assertThat(sealedRequest.openReply(reply)).isEqualTo(message);
    }
  }

  @Test
  void nothing_repeats() throws CryptoException {
    byte[] first = client.seal(INFO, AAD, REQUEST).sealed();
    assertThat(client.seal(INFO, AAD, REQUEST).sealed()).isNotEqualTo(first);
    ServerChannel.OpenedRequest openedRequest = server.open(INFO, AAD, first);
    assertThat(openedRequest.sealReply(REPLY)).isNotEqualTo(openedRequest.sealReply(REPLY));
  }

  @Test
  void every_flipped_bit_and_every_cut_of_a_request_is_refused() {
    byte[] sealed = client.seal(INFO, AAD, REQUEST).sealed();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      assertRequestRefused(INFO, AAD, flip(sealed, bit));
    }
    for (int length = 0; length < sealed.length; length++) {
      assertRequestRefused(INFO, AAD, Arrays.copyOf(sealed, length));
    }
    assertRequestRefused(INFO, AAD, Arrays.copyOf(sealed, sealed.length + 1));
  }

  @Test
  void every_flipped_bit_and_every_cut_of_a_reply_is_refused() throws CryptoException {
    ClientChannel.SealedRequest sealedRequest = client.seal(INFO, AAD, REQUEST);
    byte[] reply = server.open(INFO, AAD, sealedRequest.sealed()).sealReply(REPLY);
    for (int bit = 0; bit < 8 * reply.length; bit++) {
      assertReplyRefused(sealedRequest, flip(reply, bit));
    }
    for (int length = 0; length < reply.length; length++) {
      assertReplyRefused(sealedRequest, Arrays.copyOf(reply, length));
    }
    assertReplyRefused(sealedRequest, Arrays.copyOf(reply, reply.length + 1));
    assertThat(sealedRequest.openReply(reply)).isEqualTo(REPLY);
  }

  @Test
  void a_request_under_another_info_aad_or_key_is_refused() {
    byte[] sealed = client.seal(INFO, AAD, REQUEST).sealed();
    assertRequestRefused(ascii("infp"), AAD, sealed);
    assertRequestRefused(new byte[0], AAD, sealed);
    assertRequestRefused(INFO, ascii("aae"), sealed);
    ServerChannel other = new ServerChannel(DhKeyPair.generate(group, random), random);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> other.open(INFO, AAD, sealed));
  }

  @Test
  void a_reply_to_another_request_is_refused() throws CryptoException {
    ClientChannel.SealedRequest first = client.seal(INFO, AAD, REQUEST);
    ClientChannel.SealedRequest second = client.seal(INFO, AAD, REQUEST);
    byte[] reply = server.open(INFO, AAD, first.sealed()).sealReply(REPLY);
    assertReplyRefused(second, reply);
    assertThat(first.openReply(reply)).isEqualTo(REPLY);
  }

  @Test
  void a_reply_under_the_right_key_for_other_request_bytes_is_refused() throws CryptoException {
    // What a vault would seal that had read other bytes under the same context.
    byte[] sharedSecret =
        Hpke.sharedSecret(
            vaultKey, vaultKey.publicKey(), vaultKey.publicKey(), vaultKey.publicKey());
    Hpke.Context context = Hpke.keySchedule(Hpke.AES_256_GCM, sharedSecret, INFO);
    byte[] enc = vaultKey.publicKey().encodeUncompressed();
    ReplySealer one = new ReplySealer(context, enc, ascii("one"));
    ReplySealer two = new ReplySealer(context, enc, ascii("two"));
    byte[] reply = one.seal(new byte[32], REPLY);
    assertThat(one.open(reply)).isEqualTo(REPLY);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> two.open(reply))
        .withMessage("The reply answers another request.");
  }

  @Test
  void an_encapsulated_key_cut_by_its_own_last_zero_is_refused() {
    byte[] enc = DhKeyPair.generate(group, random).publicKey().encodeUncompressed();
    while (enc[64] != 0) {
      enc = DhKeyPair.generate(group, random).publicKey().encodeUncompressed();
    }
    // Padded with a zero again it would be a point.
    assertRequestRefused(INFO, AAD, Arrays.copyOf(enc, 64));
  }

  @Test
  void a_request_is_no_reply_and_a_reply_is_no_request() throws CryptoException {
    ClientChannel.SealedRequest sealedRequest = client.seal(INFO, AAD, REQUEST);
    assertReplyRefused(sealedRequest, sealedRequest.sealed());
    assertRequestRefused(
        INFO, AAD, server.open(INFO, AAD, sealedRequest.sealed()).sealReply(new byte[64]));
  }

  private void assertRequestRefused(byte[] info, byte[] aad, byte[] sealed) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> server.open(info, aad, sealed));
  }

  private static void assertReplyRefused(ClientChannel.SealedRequest sealedRequest, byte[] reply) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> sealedRequest.openReply(reply));
  }
}
