package org.hikae.vault.root.pkcs11;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.root.contract.AnchorRules;
import org.jspecify.annotations.Nullable;

/**
 * The anchor of a root in a token: one object {@code anchor.<row>.<head>}, of which only the name
 * counts. A new one is made before lower ones are destroyed, so at no time is there none; a kill in
 * between leaves two, and the higher one holds. Only somebody with the PIN can make or destroy
 * them, and only a copy of the token's own store brings an old one back.
 */
public final class Pkcs11Anchor implements LedgerAnchor {

  /** How names of anchors begin. */
  static final String PREFIX = "anchor.";

  private static final Pattern NAME = Pattern.compile("anchor\\.([1-9][0-9]{0,18})\\.([0-9a-f]+)");
  private static final Logger LOG = System.getLogger(Pkcs11Anchor.class.getName());

  private final HardwareToken token;
  private final SecureRandom random;

  /** What anchors are copies of: a secret of this process alone, whose value means nothing. */
  private @Nullable SecretKey source;

  public Pkcs11Anchor(HardwareToken token, SecureRandom random) {
    this.token = token;
    this.random = random;
  }

  /** Makes and destroys an object of the kind that anchors are, named otherwise. */
  static void tryOut(HardwareToken token, String name, SecureRandom random) {
    SecretKey source = token.passing(nothing(random));
    token.withObjects(
        objects -> {
          if (!copy(objects, source, name)) {
            put(objects, name, random);
          }
          return name;
        });
    token.destroy(name);
  }

  @Override
  public @Nullable Point highest() {
    return highestOf(pointsIn(token.names()));
  }

  private static @Nullable Point highestOf(NavigableMap<Long, Point> points) {
    return points.isEmpty() ? null : points.lastEntry().getValue();
  }

  @Override
  public synchronized void raise(Point point) {
    AnchorRules.requireValid(point);
    SecretKey from = source == null ? token.passing(nothing(random)) : source;
    source = from;
    token.withObjects(
        objects -> {
          NavigableMap<Long, Point> points = pointsIn(Collections.list(objects.aliases()));
          if (AnchorRules.isNew(point, highestOf(points)) && !copy(objects, from, name(point))) {
            source = null;
            put(objects, name(point), random);
          }
          points.headMap(point.seq()).values().forEach(lower -> remove(objects, name(lower)));
          return point;
        });
  }

  /**
   * Keeps a copy of {@code from}. That is cheaper than to make an object: SoftHSM writes the file
   * of a new one once for each of its thirty attributes, that of a copy three times. It is safer
   * too: until the copy has its name, all it has is what {@code from} has, so a kill in between
   * leaves an object that says of itself that it is not kept, which nobody finds. A copy of the
   * last anchor would have left two of one name, which the JDK takes for a broken token.
   *
   * @return false when the token does not copy
   */
  private static boolean copy(KeyStore objects, SecretKey from, String to) {
    try {
      objects.setEntry(to, new KeyStore.SecretKeyEntry(from), null);
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      LOG.log(Level.DEBUG, "The token copies no anchor: {0}", TokenCallLimiter.reason(e));
      return false;
    }
  }

  private static void put(KeyStore objects, String name, SecureRandom random)
      throws GeneralSecurityException {
    objects.setEntry(name, new KeyStore.SecretKeyEntry(nothing(random)), null);
  }

  private static SecretKey nothing(SecureRandom random) {
    byte[] nothing = new byte[32];
    random.nextBytes(nothing);
    return new SecretKeySpec(nothing, HardwareToken.GENERIC);
  }

  /** One that stays does no harm: it is lower, and the next raise removes it. */
  private static void remove(KeyStore objects, String name) {
    try {
      objects.deleteEntry(name);
    } catch (GeneralSecurityException | ProviderException e) {
      LOG.log(Level.WARNING, "The token kept a lower anchor: {0}", TokenCallLimiter.reason(e));
    }
  }

  private static String name(Point point) {
    return PREFIX + point.seq() + "." + point.head().hex();
  }

  private static NavigableMap<Long, Point> pointsIn(Collection<String> names) {
    NavigableMap<Long, Point> points = new TreeMap<>();
    for (String name : names) {
      if (name.startsWith(PREFIX)) {
        Point point = parse(name);
        if (points.put(point.seq(), point) != null) {
          throw new TamperedException(
              "The token holds two anchors for row " + point.seq() + " of the ledger.");
        }
      }
    }
    return points;
  }

  private static Point parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw foreign();
    }
    try {
      return new Point(Long.parseLong(parts.group(1)), Hash256.parse(parts.group(2)));
    } catch (NumberFormatException | MalformedException e) {
      throw foreign();
    }
  }

  private static TamperedException foreign() {
    return new TamperedException("The token holds an anchor that this vault did not write.");
  }
}
