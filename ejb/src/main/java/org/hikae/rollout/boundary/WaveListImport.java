package org.hikae.rollout.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.control.CsvParser.MalformedCsvException;
import org.hikae.rollout.control.WaveListRows;
import org.hikae.rollout.control.WaveListRows.NamedRow;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.AudienceCountCache;
import org.hikae.rollout.service.CampaignReader;
import org.hikae.rollout.store.AudienceStore;
import org.hikae.rollout.store.AudienceStore.Candidate;
import org.hikae.rollout.store.AudienceStore.IdentifierColumn;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.CampaignAction;
import org.hikae.rollout.view.WaveListFault;
import org.hikae.rollout.view.WaveListReport;
import org.jspecify.annotations.Nullable;

/**
 * Administrators import the list of a wave. Either every row names one employee whose account is
 * enabled, and these people are the list then, or nothing changes and each row's fault is told.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class WaveListImport {

  /** Most rows below the header. */
  public static final int MAX_ROWS = 20_000;

  /** Largest file, in bytes. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  /** Names that are looked up at once. */
  private static final int AT_ONCE = 1000;

  @Inject private AudienceStore audiences;
  @Inject private CampaignReader campaignReader;
  @Inject private AudienceCountCache audienceCounts;
  @Inject private AuditTrail trail;

  /**
   * Checks a list and, unless this is a dry run, puts it in place of the wave's; refused with the
   * report when a row is wrong and this is none.
   *
   * @param column username, email or subject; null for the first of them in the header
   */
  public WaveListReport take(
      CampaignId campaignId, WaveId waveId, byte[] file, @Nullable String column, boolean dryRun) {
    WaveListRows named = parse(file, column);
    Campaign campaign = campaignReader.lock(campaignId.value());
    Wave wave = campaignReader.wave(campaignId.value(), waveId.value());
    campaignReader.require(campaign, CampaignAction.EDIT);
    if (wave.kind() != AudienceKind.LIST) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Set<Long> people = new LinkedHashSet<>();
    List<WaveListReport.Fault> faults = check(named, people);
    boolean imports = !dryRun && faults.isEmpty();
    WaveListReport report =
        new WaveListReport(
            imports,
            named.column(),
            named.rows().size(),
            people.size(),
            faults.size(),
            faults.stream().limit(WaveListReport.MAX_NAMED).toList());
    if (!dryRun && !imports) {
      throw Refusal.with(ProblemCode.ROWS_REFUSED, report);
    }
    if (imports) {
      audiences.replaceList(waveId.value(), List.copyOf(people));
      audienceCounts.changed();
      wave.toList();
      campaign.edited();
      trail.record(
          "campaign.list-import",
          CampaignReader.object(campaignId.value()),
          Map.of(
              "wave", Integer.toString(wave.number()),
              "people", Integer.toString(people.size())));
    }
    return report;
  }

  private static WaveListRows parse(byte[] file, @Nullable String column) {
    if (file.length > MAX_BYTES) {
      throw Refusal.tooLarge(MAX_BYTES);
    }
    if (column != null && !WaveListRows.COLUMNS.contains(column)) {
      throw Refusal.malformed("column must be username, email or subject.");
    }
    try {
      return WaveListRows.parse(file, column, MAX_ROWS);
    } catch (MalformedCsvException e) {
      throw Refusal.malformed(String.valueOf(e.getMessage()));
    }
  }

  private List<WaveListReport.Fault> check(WaveListRows named, Set<Long> people) {
    IdentifierColumn naming = IdentifierColumn.valueOf(named.column().toUpperCase(Locale.ROOT));
    Map<String, List<Candidate>> known = candidates(naming, named);
    List<WaveListReport.Fault> faults = new ArrayList<>();
    for (NamedRow row : named.rows()) {
      WaveListFault fault =
          row.fault() != null
              ? row.fault()
              : fault(known.getOrDefault(AudienceStore.key(naming, row.name()), List.of()), people);
      if (fault != null) {
        faults.add(new WaveListReport.Fault(row.line(), row.shown(), fault));
      }
    }
    return faults;
  }

  /** What is wrong with who is meant; adds them when nothing is. */
  private static @Nullable WaveListFault fault(List<Candidate> meant, Set<Long> people) {
    if (meant.isEmpty()) {
      return WaveListFault.UNKNOWN;
    }
    // Keycloak hands the names of accounts that ended to new ones.
    List<Candidate> enabled = meant.stream().filter(Candidate::enabled).toList();
    if (enabled.isEmpty()) {
      return WaveListFault.DISABLED;
    }
    if (enabled.size() > 1) {
      return WaveListFault.AMBIGUOUS;
    }
    return people.add(enabled.getFirst().employeeId()) ? null : WaveListFault.DUPLICATE;
  }

  private Map<String, List<Candidate>> candidates(IdentifierColumn naming, WaveListRows named) {
    List<String> names =
        named.rows().stream()
            .filter(row -> row.fault() == null)
            .map(row -> AudienceStore.key(naming, row.name()))
            .distinct()
            .toList();
    Map<String, List<Candidate>> known = new HashMap<>();
    for (int from = 0; from < names.size(); from += AT_ONCE) {
      List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
      for (Candidate candidate : audiences.candidates(naming, some)) {
        known.computeIfAbsent(candidate.name(), _ -> new ArrayList<>()).add(candidate);
      }
    }
    return known;
  }
}
