package org.hikae.insight.audit.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class AuditTextTest {

  private static AuditText words(Locale language) {
    return new AuditText(ResourceBundle.getBundle("org.hikae.portal.trail", language));
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
}
