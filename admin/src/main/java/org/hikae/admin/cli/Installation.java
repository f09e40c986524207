package org.hikae.admin.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.hikae.admin.check.AccountCheck;
import org.hikae.admin.check.CertificateCheck;
import org.hikae.admin.check.CertificateCheck.KeyFile;
import org.hikae.admin.check.ClockCheck;
import org.hikae.admin.check.DatabaseCheck;
import org.hikae.admin.check.DiskCheck;
import org.hikae.admin.check.EmbeddedCheck;
import org.hikae.admin.check.KnownMigrations;
import org.hikae.admin.check.PortalCheck;
import org.hikae.admin.check.RealmCheck;
import org.hikae.admin.check.SettingsCheck;
import org.hikae.admin.check.TokenClock;
import org.hikae.admin.check.VaultCheck;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.port.Authorities;
import org.hikae.admin.port.HttpWeb;
import org.hikae.admin.port.JdbcPortalDatabase;
import org.hikae.admin.port.KeyFiles;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.SocketTlsLook;
import org.hikae.admin.port.SocketVaultDoor;
import org.hikae.admin.port.VaultDoor;
import org.hikae.admin.port.Volumes;
import org.hikae.admin.port.Web;
import org.jspecify.annotations.Nullable;

/** The real installation that the settings describe, as checks. */
final class Installation {

  private static final String KEY_STORE = "HIKAE_TLS_KEYSTORE";
  private static final String LINK_STORE = "HIKAE_VAULT_KEYSTORE";
  private static final String LINK_PEERS = "HIKAE_VAULT_CERTIFICATES";
  private static final String PASSWORD = "_PASSWORD";

  private final PortalSettings settings;
  private final Clock clock;
  private final @Nullable Path caFile;
  private final RealmCheck.@Nullable Administrator administrator;

  Installation(
      PortalSettings settings,
      Clock clock,
      @Nullable Path caFile,
      RealmCheck.@Nullable Administrator administrator) {
    this.settings = settings;
    this.clock = clock;
    this.caFile = caFile;
    this.administrator = administrator;
  }

  /** A check that is made when it is due, so that a wrong setting breaks it alone. */
  private record Late(String name, Making making) implements Check {
    @Override
    public List<Finding> look() throws IOException {
      return making.make().look();
    }
  }

  /** Makes a check. */
  @FunctionalInterface
  private interface Making {
    Check make() throws IOException;
  }

  /** Every check, in the order in which findings help to understand later ones. */
  List<Check> checks(List<Path> volumes) {
    return List.of(
        new SettingsCheck(settings),
        new Late("portal", () -> new PortalCheck(web(), settings.portal())),
        new Late("certificate", this::certificates),
        new Late("realm", this::realm),
        new Late("account", () -> new AccountCheck(web(), settings)),
        new Late("database", this::database),
        new Late("vault", () -> new VaultCheck(door(), vaultPlace())),
        new DiskCheck(Installation::room, volumes),
        new Late("clock", this::clocks));
  }

  private SSLContext tls() throws IOException {
    return Authorities.context(caFile);
  }

  private Web web() throws IOException {
    return new HttpWeb(tls(), clock);
  }

  private Check certificates() throws IOException {
    List<KeyFile> files = new ArrayList<>();
    addStore(KEY_STORE, true, files);
    if (!settings.text(PortalSettings.VAULT_ADDRESS).isEmpty()) {
      addStore(LINK_STORE, false, files);
      Path peers = Path.of(settings.text(LINK_PEERS));
      files.add(new KeyFile(peers, false, () -> KeyFiles.pem(peers)));
    }
    return new CertificateCheck(
        new SocketTlsLook(tls()), settings.portal(), URI.create(settings.realm()), files, clock);
  }

  private void addStore(String setting, boolean servedByPortal, List<KeyFile> files) {
    if (!settings.text(setting).isEmpty()) {
      Path store = Path.of(settings.text(setting));
      String password = settings.text(setting + PASSWORD);
      files.add(new KeyFile(store, servedByPortal, () -> KeyFiles.chain(store, password)));
    }
  }

  private Check realm() throws IOException {
    boolean endsSessions = !settings.text("HIKAE_SESSIONS_SECRET").isEmpty();
    return new RealmCheck(
        web(),
        new RealmCheck.Expected(settings.realm(), settings.portal().toString(), endsSessions),
        administrator);
  }

  private JdbcPortalDatabase jdbc() {
    return new JdbcPortalDatabase(
        settings.text("HIKAE_DB_URL"), settings.application(), settings.owner(), clock);
  }

  private Check database() throws IOException {
    if (!settings.onPostgres()) {
      return new EmbeddedCheck();
    }
    return new DatabaseCheck(
        jdbc(),
        KnownMigrations.packed(),
        new DatabaseCheck.Logins(
            settings.application().user(), settings.owner().user(), settings.directoryMinutes()),
        clock);
  }

  private @Nullable VaultDoor door() {
    String address = settings.text(PortalSettings.VAULT_ADDRESS);
    if (!address.isEmpty()) {
      int colon = address.lastIndexOf(':');
      return SocketVaultDoor.tls(
          address.substring(0, colon),
          Integer.parseInt(address.substring(colon + 1)),
          new SocketVaultDoor.PortalKeys(
              Path.of(settings.text(LINK_STORE)),
              settings.text(LINK_STORE + PASSWORD),
              Path.of(settings.text(LINK_PEERS))));
    }
    String socket = settings.text(PortalSettings.VAULT_SOCKET);
    return socket.isEmpty() ? null : SocketVaultDoor.unix(Path.of(socket));
  }

  private String vaultPlace() {
    return settings.text(PortalSettings.VAULT_ADDRESS, settings.text(PortalSettings.VAULT_SOCKET));
  }

  private static Volumes.Room room(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new Volumes.Room(store.getUsableSpace(), store.getTotalSpace());
  }

  private Check clocks() throws IOException {
    Web web = web();
    Map<String, ClockCheck.Source> sources = new LinkedHashMap<>();
    sources.put(
        "portal", () -> web.get(URI.create(settings.portal() + "/api/health/live"), "").ahead());
    sources.put("Keycloak", new TokenClock(web, settings, clock));
    if (settings.onPostgres()) {
      sources.put("database", this::databaseAhead);
    }
    return new ClockCheck(sources, !settings.text(PortalSettings.VAULT_ADDRESS).isEmpty());
  }

  private java.time.Duration databaseAhead() throws IOException {
    try {
      return jdbc().asApplication().ahead();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
