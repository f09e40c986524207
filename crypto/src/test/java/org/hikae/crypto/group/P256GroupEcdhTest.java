package org.hikae.crypto.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** The JDK's ECDH as an independent peer of our multiplication. */
class P256GroupEcdhTest {

  @Test
  void agrees_with_the_jdk() throws Exception {
    SecureRandom random = new SecureRandom();
    P256Group group = new P256Group(random);
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
    KeyFactory keys = KeyFactory.getInstance("EC");
    for (int i = 0; i < 50; i++) {
      Scalar k = Scalar.random(random);
      Element peer = P256Group.hashToGroup(new byte[] {(byte) i}, "test");
      byte[] point = peer.encodeUncompressed();
      ECPoint jdkPoint =
          new ECPoint(
              new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
              new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
      KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
      ecdh.init(keys.generatePrivate(new ECPrivateKeySpec(k.value(), p256)));
      ecdh.doPhase(keys.generatePublic(new ECPublicKeySpec(jdkPoint, p256)), true);
      assertThat(group.multiply(peer, k).x()).isEqualTo(ecdh.generateSecret());
    }
  }
}
