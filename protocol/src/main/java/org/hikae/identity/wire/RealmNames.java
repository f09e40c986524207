package org.hikae.identity.wire;

/** Names in the Keycloak realm; a test compares them with the realm's JSON. */
public final class RealmNames {

  /** Every employee has it by default: own devices, own backups. */
  public static final String EMPLOYEE = "employee";

  /** Operates the portal: rollout, devices, health. */
  public static final String BACKUP_ADMIN = "backup-admin";

  /** Sees employees and devices, to help them. */
  public static final String HELPDESK = "helpdesk";

  /** Sees everything that happened, changes nothing. */
  public static final String AUDITOR = "auditor";

  /**
   * Client of the device agent: public, device grant and loopback code flow. Its tokens can do only
   * what a device does.
   */
  public static final String AGENT_CLIENT = "hikae-agent";

  /** Client of the portal's pages: authorization code with PKCE. */
  public static final String PORTAL_CLIENT = "hikae-portal";

  /**
   * Clients whose name begins so are programs of the company's own: client credentials, and of the
   * administration what the roles of their service account allow, but nothing that asks for a
   * recent sign-in.
   */
  public static final String AUTOMATION_PREFIX = "hikae-automation-";

  /**
   * Group whose subgroups bound what their members see and do in the administration: who is in
   * {@code /hikae-scope/Sales} administers the department {@code /Sales} and those below it.
   */
  public static final String SCOPE_GROUP = "/hikae-scope";

  /** Audience of tokens for the REST API. */
  public static final String API_AUDIENCE = "hikae-api";

  /** Audience of tokens that the vault accepts. */
  public static final String VAULT_AUDIENCE = "hikae-vault";

  /** Service account that reads the employee directory. */
  public static final String DIRECTORY_CLIENT = "hikae-directory";

  /** Service account that ends sessions that devices left. */
  public static final String SESSIONS_CLIENT = "hikae-sessions";

  private RealmNames() {}
}
