package org.hikae.vault.account;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.FieldReader;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;

/**
 * What one set has earned by itself (spec HK1-V-34, V-38, V-40). It is kept with the set, so that
 * somebody who brings a set of their own earns nothing for another one.
 *
 * @param signedIn whether its owner key has come with a fresh sign-in
 * @param failures charges of its records that were never proven right
 * @param devices those that proved the password of one of its records or signed with its owner key;
 *     the one that did so last comes last
 */
public record Trust(boolean signedIn, int failures, List<Id> devices) {

  /** That of a set which was just named for the first time. */
  public static final Trust NONE = new Trust(false, 0, List.of());

  /** Copies. */
  public Trust {
    devices = List.copyOf(devices);
  }

  /** Whether this device has proven that it has K. */
  public boolean knows(Id deviceId) {
    return devices.contains(deviceId);
  }

  /** With a device that has just proven it; the one that did so longest ago makes room. */
  public Trust knowing(Id deviceId) {
    List<Id> all = new ArrayList<>(devices);
    all.remove(deviceId);
    all.add(deviceId);
    if (all.size() > VaultLimits.KNOWN_DEVICES) {
      all.removeFirst();
    }
    return new Trust(signedIn, failures, all);
  }

  /** With this device alone: the owner key is another one, which the others have not shown yet. */
  public Trust knowingOnly(Id deviceId) {
    return new Trust(signedIn, failures, List.of(deviceId));
  }

  /** After its owner key came with a sign-in of this age. */
  public Trust signedIn(boolean fresh) {
    return new Trust(signedIn || fresh, failures, devices);
  }

  /** After a charge, or with -1 after one was taken back. */
  public Trust charged(int by) {
    return withFailures(Math.max(0, failures + by));
  }

  /** With another number of failures. */
  public Trust withFailures(int number) {
    return new Trust(signedIn, number, devices);
  }

  void addTo(Transcript out) {
    out.addU8(signedIn ? 1 : 0).addU8(failures).addU8(devices.size());
    devices.forEach(device -> out.add(device.toBytes()));
  }

  static Trust read(FieldReader in) throws MalformedException {
    boolean signedIn = Account.flag(in, "signedIn");
    int failures = in.u8("failures");
    List<Id> devices = new ArrayList<>();
    for (int left = in.u8("devices"); left > 0; left--) {
      devices.add(Account.id(in, "device"));
    }
    return new Trust(signedIn, failures, devices);
  }
}
