package org.hikae.vault.root.contract;

import java.security.SecureRandom;
import java.util.function.Function;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.OpaqueSuite;
import org.hikae.crypto.sign.Signer;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.RootKey;

/**
 * A root whose first keys are derived from its HMAC, so that only {@code ks} and the HMAC secret
 * have to be kept. They live in this process's memory, also when a token makes the HMAC.
 */
public abstract class DerivedKeysRoot implements RootKey {

  private final String name;
  private final Function<Transcript, byte[]> hmac;
  private final Signer identity;
  private final DhKey channel;
  private final DhKey ake;

  /** The root of this name on the card that makes {@code hmac}. */
  protected DerivedKeysRoot(String name, Function<Transcript, byte[]> hmac, SecureRandom random) {
    this.name = name;
    this.hmac = hmac;
    this.identity = identity(hmac, 1, random);
    this.channel = channel(hmac, 1, random);
    try (SecretBytes akeSeed = seed(hmac, "ake")) {
      this.ake = new P256Group(random).deriveKeyPair(akeSeed, OpaqueSuite.AKE_KEY_INFO);
    }
  }

  /** Identity key {@code number}, from 1. */
  public static Signer identity(
      Function<Transcript, byte[]> hmac, int number, SecureRandom random) {
    try (SecretBytes seed = seed(hmac, "identity", number)) {
      return SigningKey.fromSeed(seed, "HK1 vault identity", random);
    }
  }

  /** The channel's key {@code number}, from 1. */
  public static DhKey channel(Function<Transcript, byte[]> hmac, int number, SecureRandom random) {
    try (SecretBytes seed = seed(hmac, "channel", number)) {
      return new P256Group(random).deriveKeyPair(seed, "HK1 vault channel");
    }
  }

  private static SecretBytes seed(Function<Transcript, byte[]> hmac, String purpose, int number) {
    Transcript input = Transcript.of("vault key seed").add(purpose).addU16(number);
    return SecretBytes.take(hmac.apply(input));
  }

  private static SecretBytes seed(Function<Transcript, byte[]> hmac, String purpose) {
    return SecretBytes.take(hmac.apply(Transcript.of("vault key seed").add(purpose)));
  }

  @Override
  public final byte[] hmac(Transcript input) {
    return hmac.apply(input);
  }

  @Override
  public final DhKey ake() {
    return ake;
  }

  @Override
  public final DhKey channel() {
    return channel;
  }

  @Override
  public final Signer identity() {
    return identity;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(REDACTED)";
  }
}
