package org.hikae.vault.root;

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
 * The keys that every root derives from its HMAC, so that only {@code ks} and the HMAC secret have
 * to be kept. They live in this process's memory, also when a token makes the HMAC.
 *
 * @param identity signs receipts and Status
 * @param channel the channel's key
 * @param ake OPAQUE's server key
 */
record DerivedKeys(Signer identity, DhKey channel, DhKey ake) {

  /** The keys of the root that makes {@code hmac}. */
  static DerivedKeys of(Function<Transcript, byte[]> hmac, SecureRandom random) {
    P256Group group = new P256Group(random);
    try (SecretBytes identitySeed = seed(hmac, "identity");
        SecretBytes channelSeed = seed(hmac, "channel");
        SecretBytes akeSeed = seed(hmac, "ake")) {
      return new DerivedKeys(
          SigningKey.fromSeed(identitySeed, "HK1 vault identity", random),
          group.deriveKeyPair(channelSeed, "HK1 vault channel"),
          group.deriveKeyPair(akeSeed, OpaqueSuite.AKE_KEY_INFO));
    }
  }

  private static SecretBytes seed(Function<Transcript, byte[]> hmac, String purpose) {
    return SecretBytes.take(hmac.apply(Transcript.of("vault key seed").add(purpose)));
  }

  @Override
  public String toString() {
    return "DerivedKeys(REDACTED)";
  }
}
