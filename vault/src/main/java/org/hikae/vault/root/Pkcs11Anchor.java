package org.hikae.vault.root;

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
import org.hikae.vault.core.Anchor;
import org.hikae.vault.core.TamperedException;
import org.jspecify.annotations.Nullable;

/**
 * The anchor of a root in a token: one object {@code anchor.<row>.<head>}, of which only the name
 * counts. A new one is made before lower ones are destroyed, so at no time is there none; a kill in
 * between leaves two, and the higher one holds. Only somebody with the PIN can make or destroy
 * them, and only a copy of the token's own store brings an old one back.
 */
final class Pkcs11Anchor implements Anchor {

  /** How names of anchors begin. */
  static final String PREFIX = "anchor.";

  private static final Pattern NAME = Pattern.compile("anchor\\.([1-9][0-9]{0,18})\\.([0-9a-f]+)");
  private static final Logger LOG = System.getLogger(Pkcs11Anchor.class.getName());

  private final HardwareToken token;
  private final SecureRandom random;

  Pkcs11Anchor(HardwareToken token, SecureRandom random) {
    this.token = token;
    this.random = random;
  }

  /** Makes and destroys an object of the kind that anchors are, named otherwise. */
  static void tryOut(HardwareToken token, String name, SecureRandom random) {
    token.withObjects(
        objects -> {
          put(objects, name, random);
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
    Anchors.requireValid(point);
    token.withObjects(
        objects -> {
          NavigableMap<Long, Point> points = pointsIn(Collections.list(objects.aliases()));
          Point highest = highestOf(points);
          if (Anchors.isNew(point, highest)) {
            boolean copied = highest != null && copy(objects, name(highest), name(point));
            if (!copied) {
              put(objects, name(point), random);
            }
          }
          points.headMap(point.seq()).values().forEach(lower -> remove(objects, name(lower)));
          return point;
        });
  }

  /**
   * What an anchor is a copy of does not count, and copying is cheaper than making: SoftHSM writes
   * the file of a new object once for each of its thirty attributes, that of a copy three times.
   *
   * @return false when the token does not copy
   */
  private static boolean copy(KeyStore objects, String from, String to) {
    try {
      if (objects.getKey(from, null) instanceof SecretKey value) {
        objects.setEntry(to, new KeyStore.SecretKeyEntry(value), null);
        return true;
      }
    } catch (GeneralSecurityException | ProviderException e) {
      LOG.log(Level.DEBUG, "The token copies no anchor: {0}", TokenCalls.reason(e));
    }
    return false;
  }

  private static void put(KeyStore objects, String name, SecureRandom random)
      throws GeneralSecurityException {
    byte[] nothing = new byte[32];
    random.nextBytes(nothing);
    SecretKey value = new SecretKeySpec(nothing, "AES");
    objects.setEntry(name, new KeyStore.SecretKeyEntry(value), null);
  }

  /** One that stays does no harm: it is lower, and the next raise removes it. */
  private static void remove(KeyStore objects, String name) {
    try {
      objects.deleteEntry(name);
    } catch (GeneralSecurityException | ProviderException e) {
      LOG.log(Level.WARNING, "The token kept a lower anchor: {0}", TokenCalls.reason(e));
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
