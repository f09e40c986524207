package org.hikae.ui.faces;

import jakarta.enterprise.context.SessionScoped;
import jakarta.faces.context.FacesContext;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What lists were filtered by last, until the person signs out. It comes back when a list is opened
 * by its bare address; an address that says anything holds instead.
 */
@SessionScoped
public class SavedFilters implements Serializable {

  private static final int MAX_LISTS = 20;

  private final Map<String, HashMap<String, String>> kept = new HashMap<>();

  /** Keeps the filters of a list. */
  public void keep(String list, Map<String, String> filters) {
    if (kept.containsKey(list) || kept.size() < MAX_LISTS) {
      kept.put(list, new HashMap<>(filters));
    }
  }

  /** All that is kept for a list. */
  public Map<String, String> of(String list) {
    return kept.getOrDefault(list, new HashMap<>());
  }

  /** The filters kept for a list; none when the address says what to show. */
  public Map<String, String> restore(String list) {
    boolean bare =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap().isEmpty();
    return bare ? of(list) : Map.of();
  }
}
