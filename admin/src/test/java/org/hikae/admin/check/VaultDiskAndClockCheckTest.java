package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.DiskVolumes.FreeSpace;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.VaultProbe;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultFrame;
import org.junit.jupiter.api.Test;

/** The vault's word, room on disks, and clocks that differ. */
class VaultDiskAndClockCheckTest {

  private static final long GIB = 1024L * 1024 * 1024;
  private static final Path HERE = Path.of("/data");

  @Test
  void a_vault_serves_is_closed_is_silent_or_is_not_there() {
    assertThat(new VaultCheck(null, "").look())
        .containsExactly(DoctorFinding.of(FindingCode.VAULT_NONE));
    assertThat(new VaultCheck(probe(1, "pkcs11"), "here").look())
        .containsExactly(DoctorFinding.of(FindingCode.VAULT_OK, "demo", "here"));
    assertThat(new VaultCheck(probe(0, "software"), "here").look())
        .containsExactly(
            DoctorFinding.of(FindingCode.VAULT_CLOSED, "here"),
            DoctorFinding.of(FindingCode.VAULT_SOFTWARE));
    VaultProbe silent =
        kind -> {
          throw new IOException("Connection refused");
        };
    assertThat(new VaultCheck(silent, "here").look())
        .containsExactly(DoctorFinding.of(FindingCode.VAULT_SILENT, "here", "Connection refused"));
    assertThat(new VaultCheck(kind -> new byte[7], "here").look())
        .extracting(DoctorFinding::code)
        .containsExactly(FindingCode.VAULT_SILENT);
  }

  private static VaultProbe probe(int health, String root) {
    VaultCard card = new VaultCard(1, "demo", new byte[91], new byte[65], new byte[33], root);
    SignedCard signed =
        new SignedCard(card.signedBytes(), new byte[91], new byte[Hk1Constants.SIGNATURE_BYTES]);
    return kind -> kind == VaultFrame.Kind.HEALTH ? new byte[] {(byte) health} : signed.encode();
  }

  @Test
  void a_disk_has_room_little_or_none() {
    assertThat(disk(new FreeSpace(50 * GIB, 100 * GIB))).isEqualTo(FindingCode.DISK_OK);
    assertThat(disk(new FreeSpace(9 * GIB, 100 * GIB))).isEqualTo(FindingCode.DISK_LOW);
    assertThat(disk(new FreeSpace(2 * GIB, 100 * GIB))).isEqualTo(FindingCode.DISK_FULL);
    assertThat(disk(new FreeSpace(GIB / 4, GIB))).isEqualTo(FindingCode.DISK_FULL);
    assertThat(disk(new FreeSpace(0, 0))).isEqualTo(FindingCode.DISK_FULL);
    assertThat(
            new DiskCheck(
                    path -> {
                      throw new NoSuchFileException(path.toString());
                    },
                    List.of(HERE))
                .look())
        .containsExactly(DoctorFinding.of(FindingCode.DISK_MISSING, HERE, HERE));
    assertThat(new DiskCheck(path -> new FreeSpace(GIB * 3 / 2, 2 * GIB), List.of(HERE)).look())
        .containsExactly(DoctorFinding.of(FindingCode.DISK_OK, HERE, "1.5 GiB", "2.0 GiB"));
  }

  private static FindingCode disk(FreeSpace freeSpace) {
    return new DiskCheck(path -> freeSpace, List.of(HERE)).look().getFirst().code();
  }

  @Test
  void clocks_agree_differ_or_are_wrong_either_way() throws IOException {
    Map<String, ClockCheck.ClockSource> sources = new LinkedHashMap<>();
    sources.put("portal", () -> Duration.ofMillis(-1400));
    sources.put("Keycloak", () -> Duration.ofSeconds(-20));
    sources.put("database", () -> Duration.ofDays(365));
    sources.put("mute", () -> null);
    sources.put(
        "silent",
        () -> {
          throw new IOException("down");
        });
    assertThat(new ClockCheck(sources, true).look())
        .containsExactly(
            DoctorFinding.of(FindingCode.CLOCK_OFF, "Keycloak", -20),
            DoctorFinding.of(FindingCode.CLOCK_WRONG, "database", 365 * 24 * 3600),
            DoctorFinding.of(FindingCode.CLOCK_OK, "portal", 2),
            DoctorFinding.of(FindingCode.CLOCK_VAULT));
    assertThat(tokenClock("{\"iat\":1770120020}")).isEqualTo(Duration.ofMillis(20_500));
    assertThat(tokenClock("{}")).isNull();
    assertThat(new ClockCheck(Map.of(), false).look())
        .containsExactly(DoctorFinding.of(FindingCode.CLOCK_ALONE));
  }

  /** Keycloak's clock by a token with this payload, asked at 2026-02-03 12:00 UTC. */
  private static Duration tokenClock(String payload) throws IOException {
    String realm = "https://sso.example.org/realms/hikae";
    String body = Base64.getUrlEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    FakeWebClient web =
        new FakeWebClient()
            .grants(
                realm,
                "hikae-directory",
                "client_credentials",
                200,
                "{\"access_token\":\"e30." + body + ".sig\"}");
    return new KeycloakClock(
            web,
            new PortalSettings(Map.of("HIKAE_OIDC_PROVIDER_URL", realm)),
            Clock.fixed(Instant.parse("2026-02-03T12:00:00Z"), ZoneOffset.UTC))
        .ahead();
  }
}
