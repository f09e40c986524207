package org.hikae.crypto.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.crypto.testing.RfcVectors.ascii;
import static org.hikae.crypto.testing.RfcVectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.testing.RfcVectors;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our HPKE against RFC 9180, and against Bouncy Castle's in our exact suite, both ways. */
class HpkeTest {

  private static final byte[] INFO = ascii("info");
  private static final byte[] AAD = ascii("aad");

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final HPKE peer =
      new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);

  static Stream<JsonNode> vectors() {
    JsonNode file = RfcVectors.load("hpke-rfc9180.json");
    return IntStream.range(0, file.size()).mapToObj(file::get);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void gives_secrets_and_keys_of_rfc_9180(JsonNode vector) throws CryptoException {
    DhKeyPair ephemeral = new DhKeyPair(group, Scalar.decode(hex(vector, "skEm")));
    DhKeyPair recipient = new DhKeyPair(group, Scalar.decode(hex(vector, "skRm")));
    Element pkE = Element.decodeUncompressed(hex(vector, "pkEm"));
    Element pkR = Element.decodeUncompressed(hex(vector, "pkRm"));
    assertThat(ephemeral.publicKey()).isEqualTo(pkE);
    assertThat(recipient.publicKey()).isEqualTo(pkR);

    byte[] sent = Hpke.sharedSecret(ephemeral, pkR, pkE, pkR);
    assertThat(hex(sent)).isEqualTo(vector.get("shared_secret").asText());
    assertThat(Hpke.sharedSecret(recipient, pkE, pkE, pkR)).isEqualTo(sent);

    Hpke.Aead aead = new Hpke.Aead(vector.get("aead_id").asInt(), vector.get("nk").asInt());
    Hpke.Context context = Hpke.keySchedule(aead, sent, hex(vector, "info"));
    assertThat(hex(context.key())).isEqualTo(vector.get("key").asText());
    assertThat(hex(context.nonce())).isEqualTo(vector.get("base_nonce").asText());
    assertThat(hex(context.exporterSecret())).isEqualTo(vector.get("exporter_secret").asText());
  }

  @RepeatedTest(5)
  void bouncy_castle_opens_our_request_and_we_open_its_reply() throws Exception {
    DhKeyPair vault = DhKeyPair.generate(group, random);
    ClientChannel.SealedRequest sealedRequest =
        new ClientChannel(group, vault.publicKey(), random).seal(INFO, AAD, ascii("request"));
    byte[] enc = Arrays.copyOf(sealedRequest.sealed(), 65);
    HPKEContext context =
        peer.setupBaseR(
            enc,
            peer.deserializePrivateKey(
                vault.secret().encode(), vault.publicKey().encodeUncompressed()),
            INFO);
    byte[] ciphertext =
        Arrays.copyOfRange(sealedRequest.sealed(), 65, sealedRequest.sealed().length);
    assertThat(context.open(AAD, ciphertext)).isEqualTo(ascii("request"));

    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    byte[][] keys = replyKeys(context.export(ascii("HK1 reply"), 32), enc, nonce);
    byte[] plaintext = concat(Hash256.sha256(sealedRequest.sealed()).toBytes(), ascii("reply"));
    byte[] reply = concat(nonce, AesGcm.seal(keys[0], keys[1], new byte[0], plaintext));
    assertThat(sealedRequest.openReply(reply)).isEqualTo(ascii("reply"));
  }

  @RepeatedTest(5)
  void we_open_bouncy_castles_request_and_it_opens_our_reply() throws Exception {
    DhKeyPair vault = DhKeyPair.generate(group, random);
    HPKEContextWithEncapsulation context =
        peer.setupBaseS(peer.deserializePublicKey(vault.publicKey().encodeUncompressed()), INFO);
    byte[] enc = context.getEncapsulation();
    byte[] sealed = concat(enc, context.seal(AAD, ascii("request")));
    ServerChannel.OpenedRequest openedRequest =
        new ServerChannel(vault, random).open(INFO, AAD, sealed);
    assertThat(openedRequest.request()).isEqualTo(ascii("request"));

    byte[] reply = openedRequest.sealReply(ascii("reply"));
    byte[][] keys =
        replyKeys(context.export(ascii("HK1 reply"), 32), enc, Arrays.copyOf(reply, 32));
    byte[] ciphertext = Arrays.copyOfRange(reply, 32, reply.length);
    assertThat(AesGcm.open(keys[0], keys[1], new byte[0], ciphertext))
        .isEqualTo(concat(Hash256.sha256(sealed).toBytes(), ascii("reply")));
  }

  /** RFC 9458, section 4.4, with Bouncy Castle's HKDF. */
  private static byte[][] replyKeys(byte[] secret, byte[] enc, byte[] nonce) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    byte[] prk = hkdf.extractPRK(concat(enc, nonce), secret);
    byte[] key = new byte[32];
    hkdf.init(HKDFParameters.skipExtractParameters(prk, ascii("key")));
    hkdf.generateBytes(key, 0, 32);
    byte[] gcmNonce = new byte[12];
    hkdf.init(HKDFParameters.skipExtractParameters(prk, ascii("nonce")));
    hkdf.generateBytes(gcmNonce, 0, 12);
    return new byte[][] {key, gcmNonce};
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return org.bouncycastle.util.Arrays.concatenate(first, second);
  }
}
