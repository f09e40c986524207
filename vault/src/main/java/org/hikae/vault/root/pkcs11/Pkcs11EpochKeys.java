package org.hikae.vault.root.pkcs11;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.EpochKeys;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.contract.EpochRules;

/**
 * The epoch keys of a root in a token: a secret {@code epoch.<n>} each, made there and never
 * readable. A destroyed one is destroyed in the token; what a backup of the token keeps of it is
 * the operator's to destroy.
 */
public final class Pkcs11EpochKeys implements EpochKeys {

  /** How names of epoch keys begin. */
  static final String PREFIX = "epoch.";

  private static final Pattern NAME = Pattern.compile("epoch\\.(0|[1-9][0-9]{0,8})");

  private final HardwareToken token;

  public Pkcs11EpochKeys(HardwareToken token) {
    this.token = token;
  }

  @Override
  public SortedSet<Integer> existing() {
    SortedSet<Integer> epochs = new TreeSet<>();
    for (String name : token.names()) {
      Matcher number = NAME.matcher(name);
      if (number.matches()) {
        epochs.add(Integer.valueOf(number.group(1)));
      }
    }
    return Collections.unmodifiableSortedSet(epochs);
  }

  @Override
  public void create(int epoch) {
    EpochRules.requireValid(epoch);
    try {
      token.makeSecret(PREFIX + epoch);
    } catch (HardwareTokenException e) {
      throw new UnavailableException("The token made no epoch key. " + e.getMessage(), e);
    }
  }

  @Override
  public byte[] derive(int epoch, Transcript input) {
    return token.hmac(PREFIX + epoch, input.toBytes());
  }

  @Override
  public void destroy(int epoch) {
    token.destroy(PREFIX + epoch);
  }
}
