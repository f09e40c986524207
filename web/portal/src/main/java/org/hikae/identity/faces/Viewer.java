package org.hikae.identity.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.runtime.control.PortalVersion;

/** The person in front of the pages: what to call them, what to show them, and signing out. */
@Named
@RequestScoped
public class Viewer {

  private static final Set<String> STAFF =
      Set.of(RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR);
  private static final Set<String> OVERSEERS = Set.of(RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR);

  private static final Set<String> HELPERS = Set.of(RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK);

  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /** Name for people. */
  public String getDisplayName() {
    return currentCaller.caller().names().displayName();
  }

  /** What the sign-on calls them; tells two people apart who use one browser. */
  public String getSubject() {
    return currentCaller.caller().subject();
  }

  /** Whether they may see the administration at all. */
  public boolean isStaff() {
    return STAFF.stream().anyMatch(external()::isUserInRole);
  }

  /** Whether they may see rollout and audit trail. */
  public boolean isOverseer() {
    return OVERSEERS.stream().anyMatch(external()::isUserInRole);
  }

  /** Whether they may revoke an employee's device. */
  public boolean isHelper() {
    return HELPERS.stream().anyMatch(external()::isUserInRole);
  }

  /** Whether they may change what the rollout offers. */
  public boolean isAdmin() {
    return external().isUserInRole(RealmNames.BACKUP_ADMIN);
  }

  /** Whether their roles are for the whole company, and not for some departments only. */
  public boolean isCompanyWide() {
    return currentCaller.caller().scope().wholeCompany();
  }

  /** The departments that they see, if they do not see the whole company; empty for none. */
  public String getDepartments() {
    return String.join(", ", currentCaller.caller().scope().departments());
  }

  /** Whether they signed in so recently that steps which want to be sure of them may go ahead. */
  public boolean isRecentlySignedIn() {
    Instant signedIn = currentCaller.caller().authenticatedAt();
    return signedIn != null && signedIn.plus(CurrentCaller.RECENT_SIGN_IN).isAfter(clock.instant());
  }

  /** Where the portal is reached, without a slash at the end. */
  public String getPortalUrl() {
    HttpServletRequest request = (HttpServletRequest) external().getRequest();
    String url = request.getRequestURL().toString();
    String path = request.getRequestURI();
    return url.substring(0, url.length() - path.length()) + request.getContextPath();
  }

  /** The release of the portal, which whoever asks for help can name. */
  public String getVersion() {
    return PortalVersion.text();
  }

  /** Where to send somebody who opened the bare address. */
  public String home() {
    return isStaff() ? "/admin/overview?faces-redirect=true" : "/my/backups?faces-redirect=true";
  }

  /** Ends the session here and at Keycloak. */
  public String signOut() throws ServletException {
    leave();
    return "/signed-out?faces-redirect=true";
  }

  /**
   * Ends both sessions and comes back to the page, which asks for a new sign-in. Used before steps
   * that want to be sure who is sitting there.
   *
   * @param page view to come back to
   */
  public String confirmIdentity(String page) throws ServletException {
    leave();
    return page + "?faces-redirect=true";
  }

  /**
   * The same for a page about one thing.
   *
   * @param id what the address names in {@code id}
   */
  public String confirmIdentity(String page, String id) throws ServletException {
    leave();
    return page + "?faces-redirect=true&id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  private static void leave() throws ServletException {
    ((HttpServletRequest) external().getRequest()).logout();
    external().invalidateSession();
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
  }
}
