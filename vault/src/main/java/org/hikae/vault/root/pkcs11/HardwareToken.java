package org.hikae.vault.root.pkcs11;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.contract.RootLocation;
import org.jspecify.annotations.Nullable;

/**
 * A token this process is logged in to: from {@link #open} to {@link #close}. Safe for several
 * threads.
 *
 * <p>The PIN is used once, at the start. A token that goes away makes every call an {@link
 * UnavailableException}. When it comes back and its library still knows the login, calls are
 * answered again; when not, every call stays unavailable until the process is started anew: a vault
 * that presented its PIN again and again would lock a token that has a reason to refuse it.
 */
public final class HardwareToken implements AutoCloseable {

  /** The mechanism's name in Java. */
  static final String HMAC = "HmacSHA256";

  /** A secret for no certain use. */
  static final String GENERIC = "Generic";

  /** The JDK assumes 32 sessions; a call holds one, and some stay idle in its pool. */
  private static final int CALLS_AT_A_TIME = 24;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final int SECRET_BITS = 256;
  private static final Logger LOG = System.getLogger(HardwareToken.class.getName());

  private final RootLocation.Pkcs11 place;
  private final AuthProvider provider;
  private final TokenCallLimiter limiter;

  /**
   * One listing at a time: the JDK keeps one list per provider, and a listing that fails half-way
   * would show others less than there is.
   */
  private final Object listing = new Object();

  /** Keys found by name; put there and taken away under {@link #listing}. */
  private final Map<String, Key> found = new ConcurrentHashMap<>();

  private volatile boolean closed;
  private volatile Set<String> landmarks = Set.of();

  private HardwareToken(
      RootLocation.Pkcs11 place, AuthProvider provider, TokenCallLimiter limiter) {
    this.place = place;
    this.provider = provider;
    this.limiter = limiter;
  }

  /** Reads or changes the objects of the token. */
  @FunctionalInterface
  interface Change<T> {
    T apply(KeyStore objects) throws GeneralSecurityException;
  }

  /** Loads the library and logs in, with one try of {@code pin}. */
  public static HardwareToken open(RootLocation.Pkcs11 place, SecretBytes pin)
      throws HardwareTokenException {
    return open(place, pin, new TokenCallLimiter(CALLS_AT_A_TIME, LONGEST_WAIT));
  }

  static HardwareToken open(RootLocation.Pkcs11 place, SecretBytes pin, TokenCallLimiter limiter)
      throws HardwareTokenException {
    AuthProvider provider = Pkcs11Provider.using(place);
    char[] characters = characters(pin);
    try {
      provider.login(null, callbacks -> answer(callbacks, characters));
    } catch (LoginException e) {
      throw refused(place, e);
    } catch (ProviderException e) {
      throw new HardwareTokenException(
          "The token does not answer (" + TokenCallLimiter.reason(e) + ").", null);
    } finally {
      Arrays.fill(characters, '\0');
    }
    return new HardwareToken(place, provider, limiter);
  }

  private static char[] characters(SecretBytes pin) throws HardwareTokenException {
    byte[] bytes = pin.expose();
    char[] characters = new char[bytes.length];
    boolean printable = true;
    for (int i = 0; i < bytes.length; i++) {
      characters[i] = (char) (bytes[i] & 0xff);
      printable &= characters[i] >= ' ' && characters[i] <= '~';
    }
    Arrays.fill(bytes, (byte) 0);
    if (!printable) {
      Arrays.fill(characters, '\0');
      throw new HardwareTokenException("The PIN may only have printable ASCII characters.", null);
    }
    return characters;
  }

  private static void answer(Callback[] callbacks, char[] pin) {
    for (Callback callback : callbacks) {
      if (callback instanceof PasswordCallback question) {
        question.setPassword(pin);
      }
    }
  }

  private static HardwareTokenException refused(RootLocation.Pkcs11 place, LoginException failure) {
    String reason = TokenCallLimiter.reason(failure);
    if (failure instanceof FailedLoginException) {
      return new HardwareTokenException(
          "The token refuses the PIN. It was tried once; check it before the next start, because"
              + " tokens lock after a few wrong ones.",
          null);
    }
    if (reason.startsWith("CKR_PIN_LOCKED")) {
      return new HardwareTokenException(
          "The token has locked its PIN after wrong ones; its security officer must reset it.",
          null);
    }
    return new HardwareTokenException(
        "The token in slot " + place.slotIndex() + " refuses the login: " + reason + ".", null);
  }

  /**
   * From now on believes a listing only when these are in it. A token that was taken away may list
   * nothing instead of failing (SoftHSM does), and "no anchor" must never be read from that.
   */
  void expect(Set<String> names) {
    landmarks = Set.copyOf(names);
  }

  /** Whether Java and the token together offer this. */
  boolean offers(String type, String algorithm) {
    return provider.getService(type, algorithm) != null;
  }

  /** The names of all keys, read afresh. */
  SortedSet<String> names() {
    return withObjects(objects -> new TreeSet<>(Collections.list(objects.aliases())));
  }

  /** One call on the objects of the token, listed afresh. */
  <T> T withObjects(Change<T> change) {
    return call(
        () -> {
          synchronized (listing) {
            return change.apply(listed());
          }
        });
  }

  /** The code of {@code input} under the secret {@code name}, made in the token. */
  byte[] hmac(String name, byte[] input) {
    return call(
        () -> {
          Mac mac = Mac.getInstance(HMAC, provider);
          mac.init(key(name));
          return mac.doFinal(input);
        });
  }

  /** The x coordinate of k·peer, k being the private key {@code name}. */
  byte[] agree(String name, Element peer) {
    return call(
        () -> {
          ECPublicKey point = JcaPointConverter.toJdk(peer);
          KeyAgreement ecdh = KeyAgreement.getInstance("ECDH", provider);
          ecdh.init(key(name));
          ecdh.doPhase(point, true);
          return ecdh.generateSecret();
        });
  }

  /** Whether the token would give the key itself out. */
  boolean isReadable(String name) {
    return call(() -> key(name).getEncoded() != null);
  }

  /** Brings a secret of the kind {@link #GENERIC} into the token that is gone with this process. */
  SecretKey passing(SecretKey value) {
    return call(() -> SecretKeyFactory.getInstance(GENERIC, provider).translateKey(value));
  }

  /** Makes a secret of 32 bytes in the token that never leaves it; one that exists stays. */
  synchronized void makeSecret(String name) throws HardwareTokenException {
    if (names().contains(name)) {
      return;
    }
    AuthProvider making = Pkcs11Provider.making(place, name);
    call(
        () -> {
          KeyGenerator generator = KeyGenerator.getInstance(HMAC, making);
          generator.init(SECRET_BITS);
          return generator.generateKey();
        });
    if (isReadable(name)) {
      destroy(name);
      throw new HardwareTokenException(
          "The token made a key that can be read out, although it was told not to.", null);
    }
  }

  /**
   * Makes the key pair {@code name} on P-256 in the token, its private half never to leave it. The
   * certificate is what lets Java find the pair by name.
   */
  synchronized void makeKeyPair(String name, SecureRandom random) throws HardwareTokenException {
    AuthProvider making = Pkcs11Provider.making(place, name);
    call(
        () -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", making);
          generator.initialize(JcaPointConverter.CURVE);
          KeyPair pair = generator.generateKeyPair();
          KeyStore objects = objects(making);
          objects.setKeyEntry(
              name,
              pair.getPrivate(),
              null,
              new Certificate[] {PlaceholderCertificate.of(name, pair.getPublic(), random)});
          return pair;
        });
  }

  /** The public half of the key pair {@code name}, from its certificate. */
  PublicKey publicKey(String name) {
    return withObjects(
        objects -> {
          Certificate certificate = objects.getCertificate(name);
          if (certificate == null) {
            throw new UnavailableException("The token has no key pair " + name + ".", null);
          }
          return certificate.getPublicKey();
        });
  }

  /** Destroys the secret {@code name} in the token; none there is success. */
  void destroy(String name) {
    boolean gone =
        call(
            () -> {
              synchronized (listing) {
                listed().deleteEntry(name);
                found.remove(name);
                return !listed().containsAlias(name);
              }
            });
    if (!gone) {
      throw new UnavailableException("The token did not destroy " + name + ".", null);
    }
  }

  private <T> T call(TokenCallLimiter.Call<T> call) {
    if (closed) {
      throw new IllegalStateException("This root was closed.");
    }
    try {
      return limiter.pass(call);
    } catch (UnavailableException e) {
      // A token that comes back may know its objects by other handles.
      found.clear();
      throw e;
    }
  }

  private KeyStore listed() throws GeneralSecurityException {
    KeyStore objects = objects(provider);
    for (String name : landmarks) {
      if (!objects.containsAlias(name)) {
        throw new UnavailableException(
            "The token does not show " + name + "; was it taken away or changed?", null);
      }
    }
    return objects;
  }

  /** Null stands for a PIN: nothing here can log in again, and the JDK does not try without. */
  private static KeyStore objects(Provider provider) throws GeneralSecurityException {
    try {
      KeyStore objects = KeyStore.getInstance("PKCS11", provider);
      objects.load(null, null);
      return objects;
    } catch (IOException e) {
      throw new ProviderException(e);
    }
  }

  private Key key(String name) throws GeneralSecurityException {
    Key known = found.get(name);
    if (known != null) {
      return known;
    }
    synchronized (listing) {
      @Nullable Key key = objects(provider).getKey(name, null);
      if (key == null) {
        throw new UnavailableException("The token has no key " + name + ".", null);
      }
      found.put(name, key);
      return key;
    }
  }

  /** Logs out. */
  @Override
  public void close() {
    closed = true;
    limiter.close();
    try {
      provider.logout();
    } catch (LoginException | ProviderException e) {
      LOG.log(Level.DEBUG, "The token did not log out: {0}", TokenCallLimiter.reason(e));
    }
  }

  @Override
  public String toString() {
    return "HardwareToken(" + place + ")";
  }
}
