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
import org.hikae.admin.check.BucketCheck;
import org.hikae.admin.check.CertificateCheck;
import org.hikae.admin.check.CertificateCheck.CertificateFile;
import org.hikae.admin.check.ClockCheck;
import org.hikae.admin.check.DatabaseCheck;
import org.hikae.admin.check.DiskCheck;
import org.hikae.admin.check.EmbeddedDatabaseCheck;
import org.hikae.admin.check.KeycloakClock;
import org.hikae.admin.check.PortalCheck;
import org.hikae.admin.check.RealmCheck;
import org.hikae.admin.check.ReleaseMigrations;
import org.hikae.admin.check.ServiceAccountCheck;
import org.hikae.admin.check.SettingsCheck;
import org.hikae.admin.check.StorageCheck;
import org.hikae.admin.check.VaultCheck;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.CertificateFiles;
import org.hikae.admin.port.DiskVolumes;
import org.hikae.admin.port.HttpWebClient;
import org.hikae.admin.port.JdbcPortalDatabase;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.SocketTlsProbe;
import org.hikae.admin.port.SocketVaultProbe;
import org.hikae.admin.port.TrustedCertificates;
import org.hikae.admin.port.VaultProbe;
import org.hikae.admin.port.WebClient;
import org.jspecify.annotations.Nullable;

/** The real installation that the settings describe, as checks. */
final class InstallationChecks {

  private static final String KEY_STORE = "HIKAE_TLS_KEYSTORE";
  private static final String LINK_STORE = "HIKAE_VAULT_KEYSTORE";
  private static final String LINK_PEERS = "HIKAE_VAULT_CERTIFICATES";
  private static final String PASSWORD = "_PASSWORD";

  private final PortalSettings settings;
  private final Clock clock;
  private final @Nullable Path caFile;
  private final RealmCheck.@Nullable Administrator administrator;

  InstallationChecks(
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
  private record DeferredCheck(String name, CheckFactory making) implements InstallationCheck {
    @Override
    public List<DoctorFinding> look() throws IOException {
      return making.make().look();
    }
  }

  /** Makes a check. */
  @FunctionalInterface
  private interface CheckFactory {
    InstallationCheck make() throws IOException;
  }

  /** Every check, in the order in which findings help to understand later ones. */
  List<InstallationCheck> checks(List<Path> volumes) {
    return List.of(
        new SettingsCheck(settings),
        new DeferredCheck("portal", () -> new PortalCheck(web(), settings.portal())),
        new DeferredCheck("certificate", this::certificates),
        new DeferredCheck("realm", this::realm),
        new DeferredCheck("account", () -> new ServiceAccountCheck(web(), settings)),
        new DeferredCheck("database", this::database),
        new DeferredCheck("vault", () -> new VaultCheck(vaultProbe(), vaultPlace())),
        new DiskCheck(InstallationChecks::room, volumes),
        new StorageCheck(
            settings.storeFolder(), settings.onPostgres() ? () -> jdbc().folderMark() : null),
        new DeferredCheck(
            "bucket", () -> new BucketCheck(web(), settings.portal(), settings.bucket())),
        new DeferredCheck("clock", this::clocks));
  }

  SSLContext tls() throws IOException {
    return TrustedCertificates.context(caFile);
  }

  WebClient web() throws IOException {
    return new HttpWebClient(tls(), clock);
  }

  private InstallationCheck certificates() throws IOException {
    List<CertificateFile> files = new ArrayList<>();
    addStore(KEY_STORE, true, files);
    if (!settings.text(PortalSettings.VAULT_ADDRESS).isEmpty()) {
      addStore(LINK_STORE, false, files);
      Path peers = Path.of(settings.text(LINK_PEERS));
      files.add(new CertificateFile(peers, false, () -> CertificateFiles.pem(peers)));
    }
    return new CertificateCheck(
        new SocketTlsProbe(tls()), settings.portal(), URI.create(settings.realm()), files, clock);
  }

  private void addStore(String setting, boolean servedByPortal, List<CertificateFile> files) {
    if (!settings.text(setting).isEmpty()) {
      Path store = Path.of(settings.text(setting));
      String password = settings.text(setting + PASSWORD);
      files.add(
          new CertificateFile(
              store, servedByPortal, () -> CertificateFiles.chain(store, password)));
    }
  }

  InstallationCheck realm() throws IOException {
    boolean endsSessions = !settings.text("HIKAE_SESSIONS_SECRET").isEmpty();
    return new RealmCheck(
        web(),
        new RealmCheck.Expected(settings.realm(), settings.portal().toString(), endsSessions),
        administrator);
  }

  JdbcPortalDatabase jdbc() {
    return new JdbcPortalDatabase(
        settings.text("HIKAE_DB_URL"), settings.application(), settings.owner(), clock);
  }

  InstallationCheck database() throws IOException {
    if (!settings.onPostgres()) {
      return new EmbeddedDatabaseCheck();
    }
    return new DatabaseCheck(
        jdbc(),
        ReleaseMigrations.packed(),
        new DatabaseCheck.Logins(
            settings.application().user(), settings.owner().user(), settings.directoryMinutes()),
        clock);
  }

  @Nullable VaultProbe vaultProbe() {
    String address = settings.text(PortalSettings.VAULT_ADDRESS);
    if (!address.isEmpty()) {
      int colon = address.lastIndexOf(':');
      return SocketVaultProbe.tls(
          address.substring(0, colon),
          Integer.parseInt(address.substring(colon + 1)),
          new SocketVaultProbe.PortalKeys(
              Path.of(settings.text(LINK_STORE)),
              settings.text(LINK_STORE + PASSWORD),
              Path.of(settings.text(LINK_PEERS))));
    }
    String socket = settings.text(PortalSettings.VAULT_SOCKET);
    return socket.isEmpty() ? null : SocketVaultProbe.unix(Path.of(socket));
  }

  private String vaultPlace() {
    return settings.text(PortalSettings.VAULT_ADDRESS, settings.text(PortalSettings.VAULT_SOCKET));
  }

  private static DiskVolumes.FreeSpace room(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new DiskVolumes.FreeSpace(store.getUsableSpace(), store.getTotalSpace());
  }

  private InstallationCheck clocks() throws IOException {
    WebClient web = web();
    Map<String, ClockCheck.ClockSource> sources = new LinkedHashMap<>();
    sources.put(
        "portal", () -> web.get(URI.create(settings.portal() + "/api/health/live"), "").ahead());
    sources.put("Keycloak", new KeycloakClock(web, settings, clock));
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
