package org.hikae.vault.exploration.system;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.software.SoftwareRoot;

/**
 * A root whose codes are real and whose signatures are not, because nobody checks them here. Codes
 * are remembered for a while: an explored vault asks for those of the same rows again and again.
 */
final class FakeRootKey implements RootKey {

  private static final byte[] KEY = new byte[32];
  private static final int MOST_REMEMBERED = 50_000;

  private final SoftwareRoot keys = SoftwareRoot.generate(new SecureRandom());
  private final Signer identity = new Unsigned(keys.identity().publicKey(), this);

  private final Map<Input, byte[]> codes = new HashMap<>();

  /** Whether the next code times out, once. */
  boolean codeAway;

  /** Whether the next signature times out, once. */
  boolean signatureAway;

  /** What a code was asked for. */
  private record Input(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Input that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private record Unsigned(VerifyingKey publicKey, FakeRootKey root) implements Signer {
    @Override
    public byte[] sign(Transcript transcript) {
      if (root.signatureAway) {
        root.signatureAway = false;
        throw new UnavailableException("The token's signature timed out.", null);
      }
      return Arrays.copyOf(
          Hash256.sha256(transcript.toBytes()).toBytes(), Hk1Constants.SIGNATURE_BYTES);
    }
  }

  @Override
  public OprfKey oprf() {
    return keys.oprf();
  }

  @Override
  public byte[] hmac(Transcript input) {
    if (codeAway) {
      codeAway = false;
      throw new UnavailableException("The token's code timed out.", null);
    }
    if (codes.size() > MOST_REMEMBERED) {
      codes.clear();
    }
    return codes
        .computeIfAbsent(new Input(input.toBytes()), asked -> HmacSha256.mac(KEY, asked.bytes()))
        .clone();
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
