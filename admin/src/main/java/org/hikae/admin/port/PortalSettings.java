package org.hikae.admin.port;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The portal's settings, with the defaults that the portal has ({@code docs/settings.md}). Secrets
 * are never printed.
 */
public final class PortalSettings {

  /** Where the vault is, if there is one. */
  public static final String VAULT_SOCKET = "HIKAE_VAULT_SOCKET";

  /** Where it is on another host. */
  public static final String VAULT_ADDRESS = "HIKAE_VAULT_ADDRESS";

  private final Map<String, String> environment;

  /** Those of this environment. */
  public PortalSettings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The value, or the empty string. */
  public String text(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** The value, or another. */
  public String text(String name, String otherwise) {
    String value = text(name);
    return value.isEmpty() ? otherwise : value;
  }

  /** The realm, exactly as it is set. */
  public String realm() {
    return text("HIKAE_OIDC_PROVIDER_URL", "http://localhost:8190/realms/hikae");
  }

  /** The portal, without a slash at the end. */
  public URI portal() {
    String url = text("HIKAE_PORTAL_URL", "https://localhost:8443/");
    return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
  }

  /** The folder in which ciphertext lies as files; null when it lies in the database. */
  public @Nullable Path storeFolder() {
    String folder = text("HIKAE_STORE_FOLDER");
    return folder.isEmpty() ? null : Path.of(folder);
  }

  /** The bucket in which ciphertext lies; empty when it lies in none. */
  public String bucket() {
    return text("HIKAE_S3_BUCKET");
  }

  /** Whether the database is PostgreSQL. */
  public boolean onPostgres() {
    return text("HIKAE_DB_KIND").equals("PostgreSQL");
  }

  /** The application's login. */
  public JdbcPortalDatabase.Login application() {
    return login("HIKAE_DB_USER", "HIKAE_DB_PASSWORD", "hikae_app");
  }

  /** The owner's login. */
  public JdbcPortalDatabase.Login owner() {
    return login("HIKAE_DB_OWNER_USER", "HIKAE_DB_OWNER_PASSWORD", "hikae_owner");
  }

  private JdbcPortalDatabase.Login login(String user, String password, String otherwise) {
    return new JdbcPortalDatabase.Login(text(user, otherwise), text(password, otherwise));
  }

  /** Minutes between two reads of the directory; 0 for never. */
  public int directoryMinutes() {
    return Integer.parseInt(text("HIKAE_DIRECTORY_MINUTES", "4"));
  }

  @Override
  public String toString() {
    return "PortalSettings(" + realm() + ")";
  }
}
