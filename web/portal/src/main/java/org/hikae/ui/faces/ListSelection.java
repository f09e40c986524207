package org.hikae.ui.faces;

import jakarta.ejb.EJBAccessException;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.problem.control.ProblemMessages;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;

/**
 * What is selected of a list, and what is done with all of it: chosen, confirmed by its number,
 * then done one by one. It lasts as long as the page is open.
 */
public abstract class ListSelection implements Serializable {

  /** More than so many are confirmed by typing their number. */
  static final int TYPED_ABOVE = 3;

  /** The bundle of the texts. */
  public static final String BUNDLE = "lst";

  /** Those that are named before it begins. */
  private static final int NAMED = 10;

  /** More than any page of a list has. */
  private static final int MAX_PAGE = 200;

  private static final System.Logger LOG = System.getLogger(ListSelection.class.getName());

  /** Where the page stands. */
  public enum Phase {
    /** Somebody selects. */
    CHOOSING,
    /** Somebody is asked whether it shall be done. */
    CONFIRMING,
    /** It is done, or was. */
    WORKING
  }

  @Inject private Banner banner;

  private final SelectedItems selectedItems = new SelectedItems();
  private Phase phase = Phase.CHOOSING;
  private List<BulkAction.Item> items = List.of();
  private @Nullable BulkAction run;
  private @Nullable String typed;
  private int dropped;
  private boolean cut;

  /** What the keys of the texts about the act begin with. */
  public abstract String getTexts();

  /** Key of the sentence that says why nothing is to be done for what is selected. */
  public String getNothing() {
    return "bulk.nothing";
  }

  /** Whether this may be an identifier of the list. */
  public abstract boolean isId(String text);

  /** Whether people must type the number of more than a few. */
  public abstract boolean isDestructive();

  /** What is selected, as it is now; what is no more is left out. */
  public abstract List<BulkAction.Item> look(List<String> ids);

  /** Whether everything is there that the act needs; says what is missing. */
  public abstract boolean isReady();

  /** Acts on one. */
  public abstract void act(BulkAction.Item item);

  /** Takes what the boxes of the page say: {@code marked} are identifiers, {@code on} whether. */
  public void mark() {
    Map<String, String> said =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    List<String> ids =
        Arrays.stream(said.getOrDefault("marked", "").split(" ", -1))
            .filter(this::isId)
            .limit(MAX_PAGE)
            .toList();
    choose();
    if (!Boolean.parseBoolean(said.get("on"))) {
      selectedItems.remove(ids);
    } else if (!selectedItems.add(ids)) {
      cut = true;
      PrimeFaces.current().ajax().addCallbackParam("full", true);
    }
  }

  /** Selects these, too. */
  public void take(List<String> found, boolean more) {
    choose();
    cut = !selectedItems.add(found) || more;
  }

  /** Selects nothing. */
  public void clear() {
    choose();
    selectedItems.clear();
  }

  /** Selects nothing, because the list shows others now; and says so. */
  public void filterChanged() {
    if (phase != Phase.WORKING) {
      int lost = selectedItems.count();
      clear();
      dropped = lost;
    }
  }

  /** Asks whether it shall be done. */
  public void ask() {
    items = look(selectedItems.all());
    typed = null;
    if (getActs() == 0) {
      banner.warn(BUNDLE, getNothing());
      return;
    }
    phase = Phase.CONFIRMING;
  }

  /** It shall not be done. */
  public void cancel() {
    choose();
  }

  /** Begins, unless the number is another. */
  public void begin() {
    if (phase != Phase.CONFIRMING) {
      return;
    }
    String number = typed == null ? "" : typed.strip();
    if (isTypedWanted() && !number.equals(Integer.toString(getActs()))) {
      banner.warn(BUNDLE, "bulk.typed.wrong");
      return;
    }
    if (isReady()) {
      run = new BulkAction(items);
      phase = Phase.WORKING;
      sayWhetherMore();
    }
  }

  /** Does the next few. */
  public void step() {
    BulkAction current = run;
    if (current != null) {
      try {
        current.step(this::attempt);
      } catch (EJBAccessException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "An act on many was broken off", e);
        current.stop();
        banner.warn(BUNDLE, "bulk.broken");
      }
      sayWhetherMore();
    }
  }

  /** Leaves the rest as it is. */
  public void stop() {
    if (run != null) {
      run.stop();
    }
  }

  /** Goes on with the rest. */
  public void goOn() {
    if (run != null) {
      run.resume();
      sayWhetherMore();
    }
  }

  /** Shows the selection again, which holds what is not done. */
  public void close() {
    choose();
    run = null;
  }

  private void choose() {
    phase = Phase.CHOOSING;
    dropped = 0;
    cut = false;
  }

  private @Nullable String attempt(BulkAction.Item item) {
    try {
      act(item);
    } catch (Refusal refusal) {
      return why(refusal);
    }
    selectedItems.remove(List.of(item.id()));
    return null;
  }

  /** Why one could not be done, as a sentence. */
  public String why(Refusal refusal) {
    return ProblemMessages.of(
        refusal.code(),
        FacesContext.getCurrentInstance().getViewRoot().getLocale(),
        refusal.reason());
  }

  /** A sentence of the bundle. */
  public static String text(String key) {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces.getApplication().getResourceBundle(faces, BUNDLE).getString(key);
  }

  private void sayWhetherMore() {
    PrimeFaces.current().ajax().addCallbackParam("more", run != null && run.isGoing());
  }

  /** What is selected. */
  public SelectedItems getMarks() {
    return selectedItems;
  }

  /** Where the page stands. */
  public Phase getPhase() {
    return phase;
  }

  /**
   * How many were selected until the list was filtered otherwise; 0 when somebody selected since.
   */
  public int getDropped() {
    return dropped;
  }

  /** Whether not all that was wanted is selected. */
  public boolean isCut() {
    return cut;
  }

  /** Most that can be selected. */
  public int getMost() {
    return SelectedItems.MOST;
  }

  /** On how many something is to be done. */
  public int getActs() {
    return (int) items.stream().filter(item -> item.settled() == null).count();
  }

  /** On how many nothing is to be done. */
  public int getIdle() {
    return items.size() - getActs();
  }

  /** The first few on which something is to be done. */
  public List<BulkAction.Item> getNamed() {
    return items.stream().filter(item -> item.settled() == null).limit(NAMED).toList();
  }

  /** How many there are besides those. */
  public int getUnnamed() {
    return Math.max(0, getActs() - NAMED);
  }

  /** Whether the number must be typed. */
  public boolean isTypedWanted() {
    return isDestructive() && getActs() > TYPED_ABOVE;
  }

  /** What was typed. */
  public @Nullable String getTyped() {
    return typed;
  }

  /** Sets what was typed. */
  public void setTyped(@Nullable String typed) {
    this.typed = typed;
  }

  /** What is done, or was. */
  public @Nullable BulkAction getRun() {
    return run;
  }
}
