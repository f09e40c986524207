package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.RunState;

/** What can go wrong with a backup, one entry each; pages link to an entry by its name. */
@Named
@RequestScoped
public class HelpPage {

  /** Names of the entries, and of their texts. */
  public List<String> getTopics() {
    return topics();
  }

  static List<String> topics() {
    return Stream.concat(
            Arrays.stream(RunState.values()).filter(RunState::isAdvised).map(RunState::name),
            Stream.of(BackupVerdictState.MISSED, BackupVerdictState.PASSWORD_LOST)
                .map(BackupVerdictState::name))
        .toList();
  }
}
