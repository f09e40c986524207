package org.hikae.device.company;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.device.AgentJson;
import org.hikae.device.vaultclient.PresetVaultRecord;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * What portal, vault and two devices had of an employee who used agents of version 1.0, which knew
 * the first form only; {@code earlier/README.md} beside the file says how it was made.
 *
 * @param told what portal and vault had beside objects
 * @param objects what the portal stored
 * @param secrets the file with the secrets of each device, by the device's name
 */
public record EarlierReleaseSet(
    ServerRecords told, Map<Hash256, byte[]> objects, Map<String, String> secrets) {

  /** What opens the set. */
  public static final String PASSWORD = "amber lantern whistle canyon 77";

  private static final String OBJECTS = "objects/";
  private static final String DEVICES = "devices/";

  /**
   * What portal and vault had.
   *
   * @param url where the devices found them
   * @param tree what the snapshots are of
   * @param setId the set, hexadecimal
   * @param generation of K
   * @param digits the four rows of the 64-digit key
   * @param wraps what opens K, and K of before
   * @param devices their identifiers, hexadecimal
   * @param snapshots in the order in which they were committed
   * @param vault what the vault has of the password
   */
  public record ServerRecords(
      String url,
      String tree,
      String setId,
      long generation,
      List<String> digits,
      List<WrapView> wraps,
      List<String> devices,
      List<RecordedSnapshot> snapshots,
      PresetVaultRecord vault) {}

  /**
   * A snapshot.
   *
   * @param deviceId whose series, hexadecimal
   * @param state of {@link EarlierReleaseTree}
   * @param commit what the device sent
   */
  public record RecordedSnapshot(String deviceId, int state, CommitSnapshot commit) {}

  public static EarlierReleaseSet read() throws IOException, MalformedException {
    Map<Hash256, byte[]> objects = new HashMap<>();
    Map<String, String> secrets = new HashMap<>();
    byte[] told = {};
    try (InputStream in = EarlierReleaseSet.class.getResourceAsStream("earlier/set.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        byte[] bytes = zip.readAllBytes();
        if (name.startsWith(OBJECTS)) {
          objects.put(Hash256.parse(name.substring(OBJECTS.length())), bytes);
        } else if (name.startsWith(DEVICES)) {
          secrets.put(name.substring(DEVICES.length()), new String(bytes, StandardCharsets.UTF_8));
        } else {
          told = bytes;
        }
      }
    }
    return new EarlierReleaseSet(
        AgentJson.mapper().readValue(told, ServerRecords.class), objects, secrets);
  }

  /**
   * Puts a device's secrets into the home of one that goes on with them at another company's
   * address and vault.
   */
  public void moveInto(Path home, String name, FakeCompany company) throws IOException {
    String moved = secrets.get(name).replace(told.url(), company.url());
    ObjectNode state = (ObjectNode) AgentJson.mapper().readTree(moved);
    state.remove("vault");
    state.put("cardSequence", 0);
    ((ObjectNode) state.get("profile")).put("vaultRoot", company.vault().rootFingerprint());
    Path folder = Files.createDirectories(home.resolve("hikae"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path file = Files.writeString(folder.resolve("secrets.json"), state.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
