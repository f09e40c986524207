package org.hikae.admin.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.VaultProbe;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/** Whether the vault answers the portal, can serve, and where it keeps its root by its own word. */
public final class VaultCheck implements InstallationCheck {

  private static final String SOFTWARE = "software";

  private final @Nullable VaultProbe probe;
  private final String where;

  /**
   * Asks by this probe.
   *
   * @param probe null when no vault is set up
   * @param where for people
   */
  public VaultCheck(@Nullable VaultProbe probe, String where) {
    this.probe = probe;
    this.where = where;
  }

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public List<DoctorFinding> look() {
    VaultProbe asked = probe;
    if (asked == null) {
      return List.of(DoctorFinding.of(FindingCode.VAULT_NONE));
    }
    List<DoctorFinding> findings = new ArrayList<>();
    try {
      byte[] health = asked.ask(VaultFrame.Kind.HEALTH);
      VaultCard card = VaultCard.parse(SignedCard.parse(asked.ask(VaultFrame.Kind.CARD)).card());
      findings.add(
          health.length == 1 && health[0] == 1
              ? DoctorFinding.of(FindingCode.VAULT_OK, card.tenant(), where)
              : DoctorFinding.of(FindingCode.VAULT_CLOSED, where));
      if (card.rootName().equals(SOFTWARE)) {
        findings.add(DoctorFinding.of(FindingCode.VAULT_SOFTWARE));
      }
    } catch (IOException | MalformedException e) {
      findings.add(DoctorFinding.of(FindingCode.VAULT_SILENT, where, ExceptionText.of(e)));
    }
    return findings;
  }
}
