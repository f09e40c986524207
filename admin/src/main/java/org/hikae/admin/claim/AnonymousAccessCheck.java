package org.hikae.admin.claim;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.port.WebClient;

/**
 * Each operation that only reads and names nothing is asked for without a token, and refused unless
 * the table of operations and roles gives it to anybody.
 */
public final class AnonymousAccessCheck implements ClaimCheck {

  private static final String TABLE = "roles.md";
  private static final String ALIVE = "/health/live";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** Operations without a name in their path, and what stands in the column of anybody. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `GET (/[a-z0-9/-]+)`[^|]*\\|([^|]*)\\|");

  private final WebClient web;
  private final URI portal;
  private final String roles;

  /**
   * Asks a portal.
   *
   * @param roles the table of operations and roles
   */
  AnonymousAccessCheck(WebClient web, URI portal, String roles) {
    this.web = web;
    this.portal = portal;
    this.roles = roles;
  }

  /** Asks a portal for what this release has. */
  public static AnonymousAccessCheck ofRelease(WebClient web, URI portal) throws IOException {
    try (InputStream in = AnonymousAccessCheck.class.getResourceAsStream(TABLE)) {
      String roles =
          new String(
              Objects.requireNonNull(in, "the table is missing from the jar").readAllBytes(),
              StandardCharsets.UTF_8);
      return new AnonymousAccessCheck(web, portal, roles);
    }
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.PORTAL_ANONYMOUS;
  }

  @Override
  public ClaimResult execute() throws IOException {
    // Who refuses everything, or is another server, shows nothing.
    int alive = status(ALIVE);
    if (alive != OK) {
      throw new IOException(ALIVE + ": " + alive);
    }
    List<ClaimFact> faults = new ArrayList<>();
    int refused = 0;
    Matcher row = ROW.matcher(roles);
    while (row.find()) {
      if (!row.group(2).isBlank()) {
        continue;
      }
      int status = status(row.group(1));
      if (status == UNAUTHORIZED || status == FORBIDDEN) {
        refused++;
      } else {
        faults.add(
            ClaimFact.of(ClaimFactKind.ANONYMOUS_ANSWERED, "GET /api" + row.group(1), status));
      }
    }
    if (refused == 0 && faults.isEmpty()) {
      throw new IOException("the table of operations has none to ask for");
    }
    return ClaimResult.of(
        claim(), faults, List.of(ClaimFact.of(ClaimFactKind.ANONYMOUS_REFUSED, refused)));
  }

  private int status(String path) throws IOException {
    return web.get(URI.create(portal + "/api" + path), "").status();
  }
}
