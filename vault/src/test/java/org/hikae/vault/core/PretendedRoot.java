package org.hikae.vault.core;

import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;
import org.hikae.vault.root.SoftwareRoot;

/** A root whose codes are real and whose signatures are not, because nobody checks them here. */
final class PretendedRoot implements RootKey {

  private static final byte[] KEY = new byte[32];

  private final SoftwareRoot keys = SoftwareRoot.generate(new SecureRandom());
  private final Signer identity = new Unsigned(keys.identity().publicKey());

  private record Unsigned(VerifyingKey publicKey) implements Signer {
    @Override
    public byte[] sign(Transcript transcript) {
      return Arrays.copyOf(Hash256.sha256(transcript.toBytes()).toBytes(), 64);
    }
  }

  @Override
  public OprfKey oprf() {
    return keys.oprf();
  }

  @Override
  public byte[] hmac(Transcript input) {
    return HmacSha256.mac(KEY, input.toBytes());
  }

  @Override
  public DhKey ake() {
    return keys.ake();
  }

  @Override
  public DhKey channel() {
    return keys.channel();
  }

  @Override
  public Signer identity() {
    return identity;
  }

  @Override
  public String name() {
    return keys.name();
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    keys.close();
  }
}
