package org.hikae.crypto.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.Arrays;
import org.hikae.crypto.aead.AesGcm;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.Hkdf;

/**
 * HPKE base mode (RFC 9180) with DHKEM(P-256, HKDF-SHA256) and HKDF-SHA256, for one message.
 *
 * <p>Not Bouncy Castle's: that one multiplies by the recipient's long-term key in variable time,
 * draws ephemeral keys from a global generator, and needs the key in memory. Here the
 * multiplication is that of {@link DhKey}. The tests use Bouncy Castle's as the peer.
 */
final class Hpke {

  /**
   * The sealing part of a suite; the rest is fixed.
   *
   * @param aeadId registry number of RFC 9180, section 7.3
   * @param keyBytes Nk
   */
  record Aead(int aeadId, int keyBytes) {}

  /** The only one in production. */
  static final Aead AES_256_GCM = new Aead(2, AesGcm.KEY_BYTES);

  private static final int KEM_ID = 0x0010;
  private static final int KDF_ID = 0x0001;
  private static final byte MODE_BASE = 0;
  private static final int HASH_BYTES = 32;
  private static final byte[] EMPTY = new byte[0];
  private static final byte[] VERSION = ascii("HPKE-v1");
  private static final byte[] KEM_SUITE = suite("KEM", KEM_ID);

  private Hpke() {}

  /** What both sides hold after the setup. */
  record Context(byte[] key, byte[] nonce, byte[] exporterSecret, byte[] suite) {

    /** Context.Export of RFC 9180, section 5.3. */
    byte[] export(byte[] label, int length) {
      return labeledExpand(suite, exporterSecret, "sec", label, length);
    }
  }

  /**
   * The shared secret of RFC 9180, section 4.1: Encap with {@code own} ephemeral, or Decap with
   * {@code own} long-term.
   *
   * @param peer the other side's public key
   */
  static byte[] sharedSecret(DhKey own, Element peer, Element ephemeral, Element recipient) {
    byte[] kemContext =
        Arrays.concatenate(ephemeral.encodeUncompressed(), recipient.encodeUncompressed());
    byte[] prk = labeledExtract(KEM_SUITE, EMPTY, "eae_prk", own.agree(peer).x());
    return labeledExpand(KEM_SUITE, prk, "shared_secret", kemContext, HASH_BYTES);
  }

  /** KeySchedule of RFC 9180, section 5.1. The nonce is that of sequence number 0. */
  static Context keySchedule(Aead aead, byte[] sharedSecret, byte[] info) {
    byte[] suite = suite("HPKE", KEM_ID, KDF_ID, aead.aeadId());
    byte[] context =
        Arrays.concatenate(
            new byte[] {MODE_BASE},
            labeledExtract(suite, EMPTY, "psk_id_hash", EMPTY),
            labeledExtract(suite, EMPTY, "info_hash", info));
    byte[] secret = labeledExtract(suite, sharedSecret, "secret", EMPTY);
    return new Context(
        labeledExpand(suite, secret, "key", context, aead.keyBytes()),
        labeledExpand(suite, secret, "base_nonce", context, AesGcm.NONCE_BYTES),
        labeledExpand(suite, secret, "exp", context, HASH_BYTES),
        suite);
  }

  private static byte[] labeledExtract(byte[] suite, byte[] salt, String label, byte[] ikm) {
    return Hkdf.extract(salt, Arrays.concatenate(VERSION, suite, ascii(label), ikm));
  }

  private static byte[] labeledExpand(
      byte[] suite, byte[] prk, String label, byte[] info, int length) {
    byte[] prefix = ByteBuffer.allocate(2).putShort((short) length).array();
    byte[][] parts = {prefix, VERSION, suite, ascii(label), info};
    return Hkdf.expand(prk, Arrays.concatenate(parts), length);
  }

  private static byte[] suite(String name, int... ids) {
    ByteBuffer suite = ByteBuffer.allocate(name.length() + 2 * ids.length).put(ascii(name));
    for (int id : ids) {
      suite.putShort((short) id);
    }
    return suite.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
