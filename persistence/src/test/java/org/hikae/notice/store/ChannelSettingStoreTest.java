package org.hikae.notice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was entered for a channel is not undone by who has read it before. */
class ChannelSettingStoreTest extends OnBothDatabases {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  @ParameterizedTest
  @MethodSource("databases")
  void who_holds_it_sees_what_was_entered_since_they_read_it(TestDatabase database) {
    long edition = put(database, 1);
    database.<Boolean>inTransaction(
        em -> {
          ChannelSettingStore store = new ChannelSettingStore(em);
          assertThat(store.find(NoticeChannel.MAIL).edition()).isEqualTo(edition);
          assertThat(put(database, 2)).isEqualTo(edition + 1);
          ChannelSetting held = store.lock(NoticeChannel.MAIL);
          assertThat(held.edition()).isEqualTo(edition + 1);
          held.worked(NOW);
          return true;
        });
    ChannelSetting last =
        database.inTransaction(em -> new ChannelSettingStore(em).find(NoticeChannel.MAIL));
    assertThat(last.edition()).isEqualTo(edition + 1);
    assertThat(last.sealed()).containsExactly(2);
    assertThat(last.workedAt()).isEqualTo(NOW);
  }

  private static long put(TestDatabase database, int sealed) {
    return database.<Long>inTransaction(
        em -> {
          ChannelSetting setting = new ChannelSettingStore(em).lock(NoticeChannel.MAIL);
          setting.put(new byte[] {(byte) sealed}, NOW);
          return setting.edition();
        });
  }
}
