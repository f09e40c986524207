package org.hikae.rollout.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.boundary.WaveListImport;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.WaveListReport;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** The list of a wave from a file: checked first, imported when each of its rows is right. */
@Named
@ViewScoped
public class WaveListUpload implements Serializable {

  /** Most wrong rows that the page names. */
  private static final int SHOWN = 100;

  @Inject private WaveListImport lists;
  @Inject private Banner banner;

  private transient @Nullable Part part;
  private transient byte @Nullable [] file;
  private transient @Nullable WaveListReport report;

  /** Reads and checks the chosen file; imports nothing. */
  public void check(long campaignId, long waveId) throws IOException {
    Part chosen = part;
    part = null;
    file = null;
    report = null;
    if (chosen == null || chosen.getSize() == 0) {
      banner.warn("cam", "list.noFile");
      return;
    }
    try (InputStream body = chosen.getInputStream()) {
      byte[] read = body.readNBytes(WaveListImport.MAX_BYTES + 1);
      WaveListReport found =
          lists.take(new CampaignId(campaignId), new WaveId(waveId), read, null, true);
      report = found;
      file = found.faults() == 0 ? read : null;
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  /** Puts the checked file in place of the wave's list and shows the wave anew. */
  public @Nullable String take(long campaignId, long waveId) {
    byte[] checked = file;
    if (checked == null) {
      // Another portal checked it, which is gone: the file is chosen again.
      banner.warn("cam", "list.noFile");
      return null;
    }
    banner.attempt(
        () -> lists.take(new CampaignId(campaignId), new WaveId(waveId), checked, null, false),
        "cam",
        "done.import");
    file = null;
    report = null;
    return "/admin/wave?faces-redirect=true&campaign=" + campaignId + "&waveId=" + waveId;
  }

  /** What the check found; null before. */
  public @Nullable WaveListReport getReport() {
    return report;
  }

  /** The first wrong rows. */
  public List<WaveListReport.Fault> getFaulty() {
    WaveListReport found = report;
    return found == null ? List.of() : found.faulty().stream().limit(SHOWN).toList();
  }

  /** The chosen file. */
  public @Nullable Part getPart() {
    return part;
  }

  /** Takes the chosen file. */
  public void setPart(@Nullable Part part) {
    this.part = part;
  }
}
