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
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.port.PortalSettings;
import org.hikae.admin.port.VaultDoor;
import org.hikae.admin.port.Volumes.Room;
import org.hikae.hk1.Hk1;
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
    assertThat(new VaultCheck(null, "").look()).containsExactly(Finding.of(Code.VAULT_NONE));
    assertThat(new VaultCheck(door(1, "pkcs11"), "here").look())
        .containsExactly(Finding.of(Code.VAULT_OK, "demo", "here"));
    assertThat(new VaultCheck(door(0, "software"), "here").look())
        .containsExactly(Finding.of(Code.VAULT_CLOSED, "here"), Finding.of(Code.VAULT_SOFTWARE));
    VaultDoor silent =
        kind -> {
          throw new IOException("Connection refused");
        };
    assertThat(new VaultCheck(silent, "here").look())
        .containsExactly(Finding.of(Code.VAULT_SILENT, "here", "Connection refused"));
    assertThat(new VaultCheck(kind -> new byte[7], "here").look())
        .extracting(Finding::code)
        .containsExactly(Code.VAULT_SILENT);
  }

  private static VaultDoor door(int health, String root) {
    VaultCard card = new VaultCard(1, "demo", new byte[91], new byte[65], new byte[33], root);
    SignedCard signed =
        new SignedCard(card.signedBytes(), new byte[91], new byte[Hk1.SIGNATURE_BYTES]);
    return kind -> kind == VaultFrame.Kind.HEALTH ? new byte[] {(byte) health} : signed.encode();
  }

  @Test
  void a_disk_has_room_little_or_none() {
    assertThat(disk(new Room(50 * GIB, 100 * GIB))).isEqualTo(Code.DISK_OK);
    assertThat(disk(new Room(9 * GIB, 100 * GIB))).isEqualTo(Code.DISK_LOW);
    assertThat(disk(new Room(2 * GIB, 100 * GIB))).isEqualTo(Code.DISK_FULL);
    assertThat(disk(new Room(GIB / 4, GIB))).isEqualTo(Code.DISK_FULL);
    assertThat(disk(new Room(0, 0))).isEqualTo(Code.DISK_FULL);
    assertThat(
            new DiskCheck(
                    path -> {
                      throw new NoSuchFileException(path.toString());
                    },
                    List.of(HERE))
                .look())
        .containsExactly(Finding.of(Code.DISK_MISSING, HERE, HERE));
    assertThat(new DiskCheck(path -> new Room(GIB * 3 / 2, 2 * GIB), List.of(HERE)).look())
        .containsExactly(Finding.of(Code.DISK_OK, HERE, "1.5 GiB", "2.0 GiB"));
  }

  private static Code disk(Room room) {
    return new DiskCheck(path -> room, List.of(HERE)).look().getFirst().code();
  }

  @Test
  void clocks_agree_differ_or_are_wrong_either_way() throws IOException {
    Map<String, ClockCheck.Source> sources = new LinkedHashMap<>();
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
            Finding.of(Code.CLOCK_OFF, "Keycloak", -20),
            Finding.of(Code.CLOCK_WRONG, "database", 365 * 24 * 3600),
            Finding.of(Code.CLOCK_OK, "portal", 2),
            Finding.of(Code.CLOCK_VAULT));
    assertThat(tokenClock("{\"iat\":1770120020}")).isEqualTo(Duration.ofMillis(20_500));
    assertThat(tokenClock("{}")).isNull();
    assertThat(new ClockCheck(Map.of(), false).look())
        .containsExactly(Finding.of(Code.CLOCK_ALONE));
  }

  /** Keycloak's clock by a token with this payload, asked at 2026-02-03 12:00 UTC. */
  private static Duration tokenClock(String payload) throws IOException {
    String realm = "https://sso.example.org/realms/hikae";
    String body = Base64.getUrlEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    FakeWeb web =
        new FakeWeb()
            .grants(
                realm,
                "hikae-directory",
                "client_credentials",
                200,
                "{\"access_token\":\"e30." + body + ".sig\"}");
    return new TokenClock(
            web,
            new PortalSettings(Map.of("HIKAE_OIDC_PROVIDER_URL", realm)),
            Clock.fixed(Instant.parse("2026-02-03T12:00:00Z"), ZoneOffset.UTC))
        .ahead();
  }
}
