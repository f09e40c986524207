package org.hikae.insight.audit.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class AuditTextTest {

  private static AuditText words(Locale language) {
    return new AuditText(
        ResourceBundle.getBundle("org.hikae.portal.trail", language),
        ResourceBundle.getBundle("org.hikae.portal.policy", language),
        ResourceBundle.getBundle("org.hikae.portal.notice", language));
  }

  @Test
  void a_code_is_said_in_words_and_found_by_them_in_any_case() {
    AuditText english = words(Locale.ENGLISH);
    assertThat(english.action("device.revoke")).isEqualTo("Device revoked");
    assertThat(english.action("later.invention")).isEqualTo("later.invention");
    assertThat(english.actionsWith("REVOKED"))
        .containsExactlyInAnyOrder("device.revoke", "restic.credential-revoke");
    assertThat(english.actionsWith("device.rev")).containsExactly("device.revoke");
    assertThat(english.actionsWith("hanako")).isEmpty();
    assertThat(words(Locale.JAPANESE).actionsWith("失効"))
        .containsExactlyInAnyOrder("device.revoke", "restic.credential-revoke");
  }

  @Test
  void what_was_recorded_is_said_in_words_with_names_for_devices_and_people() {
    String detail =
        "{\"deviceId\":\"4f5a\",\"requestedBy\":\"9d70\",\"method\":\"DIGIT_KEY\",\"later\":7,"
            + "\"kind\":\"legal-hold.set\",\"device\":null,"
            + "\"values\":\"{\\\"holdDays\\\":14,\\\"keyMethods\\\":\\\"BOTH\\\",\\\"showsLegalHold\\\":false}\"}";
    assertThat(AuditText.devices(detail)).containsExactly("4f5a");
    assertThat(AuditText.people(detail)).containsExactly("9d70");
    assertThat(words(Locale.ENGLISH).facts(detail, Map.of("4f5a", "Laptop", "9d70", "Mori")))
        .extracting(fact -> fact.name() + ": " + fact.value())
        .containsExactlyInAnyOrder(
            "Device: Laptop",
            "Requested by: Mori",
            "Kind: 64-digit key",
            "later: 7",
            "Kind: Legal hold set",
            "Device: –",
            "Time to take back a snapshot: 14",
            "Protection of the key: Both password and 64-digit key",
            "Show a legal hold: No");
    assertThat(words(Locale.JAPANESE).facts(detail, Map.of()))
        .extracting(AuditText.Fact::value)
        .contains("4f5a", "64 桁の鍵");
  }

  @Test
  void an_object_has_words_as_far_as_there_are_any() {
    AuditText english = words(Locale.ENGLISH);
    assertThat(english.object("campaign:2")).isEqualTo("Campaign 2");
    assertThat(english.object("directory")).isEqualTo("Directory");
    assertThat(english.object("later:2")).isEqualTo("later:2");
  }
}
