package org.hikae.identity.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** Pages of the navigation with this in their name, of those that the reader may open. */
@Named
@RequestScoped
public class NamedPages {

  private static final List<String> ALL = List.of("overview", "employees", "devices", "leavers");
  private static final List<String> OVERSEERS =
      List.of(
          "holds",
          "rollout",
          "campaigns",
          "policies",
          "approvals",
          "consentTexts",
          "notices",
          "system",
          "audit");
  private static final Map<String, String> PATHS =
      Map.of("consentTexts", "consent-texts", "campaigns", "rollout#campaigns-title");

  @Inject private Viewer viewer;

  /**
   * A page.
   *
   * @param path below {@code /admin/}
   * @param name as the navigation says it
   */
  public record NamedPage(String path, String name) {}

  /** None for an empty text. */
  public List<NamedPage> with(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    FacesContext faces = FacesContext.getCurrentInstance();
    ResourceBundle names = faces.getApplication().getResourceBundle(faces, "msg");
    String lower = text.toLowerCase(Locale.ROOT);
    return Stream.concat(ALL.stream(), viewer.isOverseer() ? OVERSEERS.stream() : Stream.of())
        .filter(page -> viewer.isCompanyWide() || ScopePageFilter.isForDepartments(page))
        .map(page -> new NamedPage(PATHS.getOrDefault(page, page), names.getString("nav." + page)))
        .filter(page -> page.name().toLowerCase(Locale.ROOT).contains(lower))
        .toList();
  }
}
