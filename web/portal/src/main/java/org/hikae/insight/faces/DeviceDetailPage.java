package org.hikae.insight.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.view.DeviceDetail;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.NotFoundAnswer;
import org.jspecify.annotations.Nullable;

/** One device, for those who run the backup. */
@Named
@ViewScoped
public class DeviceDetailPage implements Serializable {

  @Inject private DeviceListQueries deviceQueries;

  private @Nullable String id;
  private @Nullable DeviceDetail detail;

  /** Reads the device named in the address; a missing one is a missing page. */
  public void load() throws IOException {
    try {
      if (id != null && id.matches("[0-9a-f]{32}")) {
        detail = deviceQueries.of(id);
        return;
      }
    } catch (Refusal refusal) {
      detail = null;
    }
    NotFoundAnswer.send("No such device");
  }

  /** Reads anew what an action may have changed, before its answer is rendered. */
  public void refresh() {
    String known = id;
    if (known != null && FacesContext.getCurrentInstance().isPostback()) {
      detail = deviceQueries.of(known);
    }
  }

  /** The device. */
  public @Nullable DeviceDetail getDetail() {
    return detail;
  }

  /** Its identifier. */
  public @Nullable String getId() {
    return id;
  }

  /** Sets which one to show. */
  public void setId(@Nullable String id) {
    this.id = id;
  }
}
