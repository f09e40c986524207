package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.boundary.ListExport;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.CursorPaging;
import org.hikae.ui.faces.EnumText;
import org.hikae.ui.faces.SavedFilters;
import org.jspecify.annotations.Nullable;

/** All devices, a page at a time; filtered and sorted by the database. */
@Named
@ViewScoped
public class DeviceListPage implements Serializable {

  private static final String LIST = "devices";
  private static final int PAGE = 50;
  private static final String NEWEST = "newest";
  private static final int MAX_VERSION_CHARS = 64;
  private static final int MAX_PATH_CHARS = 255;

  @Inject private DeviceListQueries deviceQueries;
  @Inject private ListFileDownload file;
  @Inject private DeviceSelection selection;
  @Inject private SavedFilters saved;

  private @Nullable DeviceState state;
  private DeviceCriteria.@Nullable Age age;
  private DeviceCriteria.@Nullable Lately lately;
  private @Nullable String text;
  private @Nullable String department;
  private @Nullable String version;
  private @Nullable String order;
  private final CursorPaging paging = new CursorPaging();
  private transient @Nullable List<DevicePage.Entry> rows;

  /** Takes the filters of the last visit when the address has none. */
  public void restore() {
    Map<String, String> kept = saved.restore(LIST);
    if (!kept.isEmpty()) {
      setState(kept.get("state"));
      setAge(kept.get("age"));
      setLately(kept.get("lately"));
      text = kept.get("text");
      department = kept.get("department");
      version = kept.get("version");
      order = kept.get("order");
    }
  }

  /** Looks for others, from the first page on. */
  public void search() {
    selection.filterChanged();
    reorder();
  }

  /** Looks for the same in another order, from the first page on. */
  public void reorder() {
    paging.restart();
    rows = null;
  }

  /** Reads the page again. */
  public void reload() {
    rows = null;
  }

  /** Shows everything. */
  public void clear() {
    state = null;
    age = null;
    lately = null;
    text = null;
    department = null;
    version = null;
    order = null;
    search();
  }

  /** Shows the next page. */
  public void forward() {
    paging.forward();
    rows = null;
  }

  /** Shows the page before. */
  public void back() {
    paging.back();
    rows = null;
  }

  /** The devices of this page. */
  public List<DevicePage.Entry> getRows() {
    List<DevicePage.Entry> shown = rows;
    if (shown == null) {
      keep();
      DevicePage page = deviceQueries.page(getWanted(), paging.current(), new PageRequest(PAGE));
      paging.found(page.next());
      shown = page.devices();
      rows = shown;
    }
    return shown;
  }

  /**
   * Sends all devices that the filters find, as a file for spreadsheets.
   *
   * @param format the kind of file
   */
  public void download(ListExport.Format format) {
    file.devices(getWanted(), format);
  }

  /** Where the list is. */
  public CursorPaging getPaging() {
    return paging;
  }

  /** States to choose from. */
  public DeviceState[] getStates() {
    return DeviceState.values();
  }

  /** Ages of the last backup to choose from. */
  public DeviceCriteria.Age[] getAges() {
    return DeviceCriteria.Age.values();
  }

  /** Only devices in this state. */
  public @Nullable String getState() {
    return state == null ? null : state.name();
  }

  /** Sets the state; what is none of them finds all. */
  public void setState(@Nullable String wanted) {
    state = EnumText.named(DeviceState.class, wanted);
  }

  /** Only devices whose last backup is so old. */
  public @Nullable String getAge() {
    return age == null ? null : age.name();
  }

  /** Sets the age; what is none of them finds all. */
  public void setAge(@Nullable String wanted) {
    age = EnumText.named(DeviceCriteria.Age.class, wanted);
  }

  /** Only devices to which this happened in the last 24 hours. */
  public @Nullable String getLately() {
    return lately == null ? null : lately.name();
  }

  /** Sets what happened; what is none of them finds all. */
  public void setLately(@Nullable String wanted) {
    lately = EnumText.named(DeviceCriteria.Lately.class, wanted);
  }

  /** What may have happened. */
  public DeviceCriteria.Lately[] getLatelyChoices() {
    return DeviceCriteria.Lately.values();
  }

  /** Only devices with this in their name, or in their person's name, user name or mail. */
  public @Nullable String getText() {
    return text;
  }

  /** Sets what to look for; a blank one finds all. */
  public void setText(@Nullable String wanted) {
    text = text(wanted, DeviceCriteria.MAX_TEXT_CHARS);
  }

  /** Only devices of members of exactly this department, a group path at Keycloak. */
  public @Nullable String getDepartment() {
    return department;
  }

  /** Sets the department; a blank one finds all. */
  public void setDepartment(@Nullable String wanted) {
    department = text(wanted, MAX_PATH_CHARS);
  }

  /** Only devices with this version of the agent. */
  public @Nullable String getVersion() {
    return version;
  }

  /** Sets the version; a blank one finds all. */
  public void setVersion(@Nullable String wanted) {
    version = text(wanted, MAX_VERSION_CHARS);
  }

  /** {@code newest} for the newest backup first; else those that are behind come first. */
  public @Nullable String getOrder() {
    return order;
  }

  /** Sets the order. */
  public void setOrder(@Nullable String wanted) {
    order = NEWEST.equals(wanted) ? wanted : null;
  }

  /** What the filters find. */
  public DeviceCriteria getWanted() {
    return new DeviceCriteria(
        state, version, null, age, lately, department, text, NEWEST.equals(order));
  }

  private static @Nullable String text(@Nullable String typed, int maxChars) {
    String text = typed == null ? "" : typed.strip();
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), maxChars));
  }

  private void keep() {
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, "state", getState());
    put(filters, "age", getAge());
    put(filters, "lately", getLately());
    put(filters, "text", text);
    put(filters, "department", department);
    put(filters, "version", version);
    put(filters, "order", order);
    saved.keep(LIST, filters);
  }

  private static void put(Map<String, String> filters, String name, @Nullable String value) {
    if (value != null) {
      filters.put(name, value);
    }
  }
}
