package org.hikae.vault.root.pkcs11;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.contract.DerivedKeysRoot;
import org.hikae.vault.root.contract.RootExistsException;
import org.hikae.vault.root.contract.XOnlyOprfKey;

/**
 * The root in a token: {@code ks} and the HMAC secret were made there and cannot be read out, not
 * even by this program. Each evaluation is a call to the token, so whoever gets into this process
 * can guess only while inside and only as fast as the token answers.
 *
 * <p>Not guaranteed: identity, channel and AKE keys are derived from the HMAC and are in this
 * process's memory; with the login of a running vault anybody in the process can use the token.
 */
public final class Pkcs11Root extends DerivedKeysRoot {

  /** Name of this root on the card. */
  public static final String NAME = "pkcs11";

  /** Name of the EC key {@code ks} and its certificate in the token. */
  public static final String KS = "hikae-ks";

  /** Name of the HMAC secret in the token. */
  public static final String HMAC = "hikae-hmac";

  /** Name of what init makes and destroys to see that the token can. */
  private static final String TRIAL = "hikae-trial";

  private final HardwareToken token;
  private final OprfKey oprf;

  private Pkcs11Root(HardwareToken token, OprfKey oprf, SecureRandom random) {
    super(NAME, input -> token.hmac(HMAC, input.toBytes()), random);
    this.token = token;
    this.oprf = oprf;
  }

  /**
   * Makes the keys of a new root in the token.
   *
   * @throws RootExistsException when objects of a vault are there
   * @throws HardwareTokenException when the token cannot do what the vault needs
   */
  public static void make(HardwareToken token, SecureRandom random)
      throws HardwareTokenException, RootExistsException {
    requireOffers(token, List.of("KeyPairGenerator", "EC"));
    try {
      for (String name : token.names()) {
        if (isOfVault(name)) {
          throw new RootExistsException(
              "The token holds " + name + " already; a vault is never replaced.");
        }
      }
      token.makeSecret(TRIAL);
      token.hmac(TRIAL, new byte[1]);
      token.destroy(TRIAL);
      Pkcs11Anchor.tryOut(token, TRIAL, random);
      token.makeSecret(HMAC);
      token.makeKeyPair(KS, random);
    } catch (UnavailableException e) {
      throw new HardwareTokenException("The token cannot keep a vault's root.", e);
    }
  }

  private static boolean isOfVault(String name) {
    return name.equals(KS)
        || name.equals(HMAC)
        || name.startsWith(Pkcs11Anchor.PREFIX)
        || name.startsWith(Pkcs11EpochKeys.PREFIX);
  }

  /**
   * The root whose keys are in the token, after it has proved that it can multiply by {@code ks}.
   */
  public static Pkcs11Root of(HardwareToken token, SecureRandom random)
      throws HardwareTokenException {
    requireOffers(token, List.of("KeyAgreement", "ECDH"));
    requireOffers(token, List.of("Mac", HardwareToken.HMAC));
    requireOffers(token, List.of("KeyGenerator", HardwareToken.HMAC));
    try {
      requireKeys(token);
      token.expect(Set.of(KS, HMAC));
      Element publicKey = JcaPointConverter.fromJdk(token.publicKey(KS));
      OprfKey oprf = new XOnlyOprfKey(peer -> token.agree(KS, peer), publicKey);
      requireProduct(oprf, publicKey, random);
      return new Pkcs11Root(token, oprf, random);
    } catch (CryptoException e) {
      throw new HardwareTokenException("The key " + KS + " in the token is not on P-256.", null);
    } catch (UnavailableException e) {
      throw new HardwareTokenException("The token cannot serve as a vault's root.", e);
    }
  }

  private static void requireOffers(HardwareToken token, List<String> service)
      throws HardwareTokenException {
    if (!token.offers(service.get(0), service.get(1))) {
      throw new HardwareTokenException(
          "The token does not offer " + String.join(" ", service) + ", which the vault needs.",
          null);
    }
  }

  private static void requireKeys(HardwareToken token) throws HardwareTokenException {
    Set<String> names = token.names();
    for (String name : List.of(KS, HMAC)) {
      if (!names.contains(name)) {
        throw new HardwareTokenException(
            "The token has no key " + name + "; run init, or see docs/vault.md.", null);
      }
      if (token.isReadable(name)) {
        throw new HardwareTokenException(
            "The token gives the key " + name + " out; make one that is not extractable.", null);
      }
    }
  }

  /** ks·(r·G) must be r·K. Also finds a certificate of another key. */
  private static void requireProduct(OprfKey oprf, Element publicKey, SecureRandom random)
      throws HardwareTokenException {
    Scalar factor = Scalar.random(random);
    Element expected = new P256Group(random).multiply(publicKey, factor);
    if (!oprf.evaluate(P256Group.multiplyBase(factor)).equals(expected)) {
      throw new HardwareTokenException(
          "The token's products by " + KS + " do not fit the public key in its certificate.", null);
    }
  }

  @Override
  public OprfKey oprf() {
    return oprf;
  }

  @Override
  public boolean ready() {
    try {
      return !token.names().isEmpty() && hmac(Transcript.of("vault ready")).length > 0;
    } catch (UnavailableException | IllegalStateException e) {
      return false;
    }
  }

  /** Logs out of the token. */
  @Override
  public void close() {
    token.close();
  }
}
