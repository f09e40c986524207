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

/**
 * The first keys that every root derives from its HMAC, so that only {@code ks} and the HMAC secret
 * have to be kept. They live in this process's memory, also when a token makes the HMAC.
 *
 * @param identity signs receipts and Status
 * @param channel the channel's key
 * @param ake OPAQUE's server key
 */
public record DerivedRootKeys(Signer identity, DhKey channel, DhKey ake) {

  /** The keys of the root that makes {@code hmac}. */
  public static DerivedRootKeys of(Function<Transcript, byte[]> hmac, SecureRandom random) {
    try (SecretBytes akeSeed = seed(hmac, "ake")) {
      return new DerivedRootKeys(
          identity(hmac, 1, random),
          channel(hmac, 1, random),
          new P256Group(random).deriveKeyPair(akeSeed, OpaqueSuite.AKE_KEY_INFO));
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
  public String toString() {
    return "DerivedRootKeys(REDACTED)";
  }
}
