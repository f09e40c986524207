package org.hikae.device.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.hk1.Hash256;

/**
 * The folder that belongs to the agent: {@code $HIKAE_HOME}, else {@code $XDG_CONFIG_HOME/hikae},
 * else {@code ~/.config/hikae}. Made with mode 0700.
 *
 * @param folder the folder
 */
public record AgentHome(Path folder) {

  /** How much of a hash the name of a portal's files has, in hexadecimal digits. */
  private static final int PORTAL_NAME_DIGITS = 16;

  /** Finds the folder from the environment; it need not exist. */
  public static AgentHome of(Map<String, String> environment, String userHome) {
    String own = environment.getOrDefault("HIKAE_HOME", "");
    if (!own.isEmpty()) {
      return new AgentHome(Path.of(own).toAbsolutePath());
    }
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = xdg.isEmpty() ? Path.of(userHome, ".config") : Path.of(xdg);
    return new AgentHome(config.resolve("hikae").toAbsolutePath());
  }

  /** Makes the folder when it is missing. */
  public AgentHome create() throws AgentException {
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(folder, OwnerOnlyFiles.folder());
      }
      return this;
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.home-unwritable", folder);
    }
  }

  /** The secrets. */
  public Path secretsFile() {
    return folder.resolve("secrets.json");
  }

  /** Held while the secrets file is read and replaced. */
  public Path secretsLock() {
    return folder.resolve("secrets.lock");
  }

  /** Held during a whole run. */
  public Path runLock() {
    return folder.resolve("run.lock");
  }

  /** Reports that wait to be sent. */
  public Path reportSpool() {
    return folder.resolve("reports");
  }

  /** Restic credentials that are to end. */
  public Path resticRevocations() {
    return folder.resolve("restic-endings");
  }

  /** The vault's receipts. */
  public Path receiptFolder() {
    return folder.resolve("receipts");
  }

  /** What was seen of the transparency log of one portal. */
  public Path logFolder(String server) {
    return folder.resolve("log").resolve(portalName(server));
  }

  /** Challenges to the portal, and what was wrong with its answers. */
  public Path possessionFolder() {
    return folder.resolve("possession");
  }

  /** What is believed of the agent's updates at one portal. */
  public Path updateFile(String server) {
    return folder.resolve("updates").resolve(portalName(server));
  }

  private static String portalName(String server) {
    String portal = Hash256.sha256(server.getBytes(StandardCharsets.UTF_8)).hex();
    return portal.substring(0, PORTAL_NAME_DIGITS);
  }

  /** Caches that can be rebuilt: which files were seen, which chunks are stored. */
  public Path cacheFolder() {
    return folder.resolve("cache");
  }

  /** Files that lead to windows, each for two minutes at most. */
  public Path windowFolder() {
    return folder.resolve("window");
  }
}
