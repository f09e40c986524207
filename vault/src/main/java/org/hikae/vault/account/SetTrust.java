package org.hikae.vault.account;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What one set has earned by itself (spec HK1-V-34, V-38, V-40). It is kept with the set, so that
 * somebody who brings a set of their own earns nothing for another one.
 *
 * @param signedIn whether its owner key has come with a fresh sign-in
 * @param failures charges of its records that were never proven right
 * @param devices those that proved the password of one of its records or signed with its owner key;
 *     the one that did so last comes last
 */
public record SetTrust(boolean signedIn, int failures, List<Id128> devices) {

  /** That of a set which was just named for the first time. */
  public static final SetTrust NONE = new SetTrust(false, 0, List.of());

  /** Copies. */
  public SetTrust {
    devices = List.copyOf(devices);
  }

  /** Whether this device has proven that it has K. */
  public boolean knows(Id128 deviceId) {
    return devices.contains(deviceId);
  }

  /** With a device that has just proven it; the one that did so longest ago makes room. */
  public SetTrust knowing(Id128 deviceId) {
    List<Id128> all = new ArrayList<>(devices);
    all.remove(deviceId);
    all.add(deviceId);
    if (all.size() > VaultLimits.KNOWN_DEVICES) {
      all.removeFirst();
    }
    return new SetTrust(signedIn, failures, all);
  }

  /** With this device alone: the owner key is another one, which the others have not shown yet. */
  public SetTrust knowingOnly(Id128 deviceId) {
    return new SetTrust(signedIn, failures, List.of(deviceId));
  }

  /** After its owner key came with a sign-in of this age. */
  public SetTrust signedIn(boolean fresh) {
    return new SetTrust(signedIn || fresh, failures, devices);
  }

  /** After a charge, or with -1 after one was taken back. */
  public SetTrust charged(int by) {
    return withFailures(Math.max(0, failures + by));
  }

  /** With another number of failures. */
  public SetTrust withFailures(int number) {
    return new SetTrust(signedIn, number, devices);
  }

  void addTo(Transcript out) {
    out.addU8(signedIn ? 1 : 0).addU8(failures).addU8(devices.size());
    devices.forEach(device -> out.add(device.toBytes()));
  }

  static SetTrust read(TranscriptReader in) throws MalformedException {
    boolean signedIn = Account.flag(in, "signedIn");
    int failures = in.u8("failures");
    List<Id128> devices = new ArrayList<>();
    for (int left = in.u8("devices"); left > 0; left--) {
      devices.add(Account.id(in, "device"));
    }
    return new SetTrust(signedIn, failures, devices);
  }
}
