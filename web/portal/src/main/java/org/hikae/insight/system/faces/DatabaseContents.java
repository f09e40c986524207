package org.hikae.insight.system.faces;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.insight.system.boundary.DatabaseSchemaQueries;
import org.hikae.insight.system.view.ColumnKind;
import org.hikae.insight.system.view.SchemaColumn;
import org.hikae.insight.system.view.SchemaTable;
import org.hikae.ui.faces.PageLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What the portal's database holds, in the reader's language. English sentences are the database's
 * own comments; for Japanese there is a translation of each, and English where one is missing.
 */
@Named("contents")
@RequestScoped
public class DatabaseContents {

  private static final String TRANSLATIONS = "org.hikae.portal.columns";

  /**
   * How many columns are of a kind.
   *
   * @param kind which
   * @param columns how many
   */
  public record Count(ColumnKind kind, long columns) {}

  /**
   * A sentence as it is shown.
   *
   * @param text empty when the database says nothing
   * @param language tag of its language; the reader's own when it is empty
   */
  public record Sentence(String text, String language) {}

  /**
   * A table as it is shown.
   *
   * @param name its name in the database
   * @param sentence what it is for
   * @param columns all of them
   */
  public record Table(String name, Sentence sentence, List<Column> columns) {}

  /**
   * A column as it is shown.
   *
   * @param name its name in the database
   * @param kind what somebody who reads it learns
   * @param sentence what it holds
   */
  public record Column(String name, ColumnKind kind, Sentence sentence) {}

  @Inject private DatabaseSchemaQueries schemaQueries;
  @Inject private PageLanguage language;

  private List<Table> tables = List.of();

  /** Reads them. */
  @PostConstruct
  void load() {
    tables = schemaQueries.tables().stream().map(this::shown).toList();
  }

  /** Every table by name. */
  public List<Table> getTables() {
    return tables;
  }

  /** The kinds that there are, from what nobody can read to what everybody in IT can. */
  public List<Count> getCounts() {
    return Arrays.stream(ColumnKind.values())
        .map(kind -> new Count(kind, columnsOf(kind)))
        .filter(count -> count.columns() > 0)
        .toList();
  }

  private long columnsOf(ColumnKind kind) {
    return tables.stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.kind() == kind)
        .count();
  }

  private Table shown(SchemaTable table) {
    return new Table(
        table.name(),
        sentence(table.name(), table.sentence()),
        table.columns().stream().map(column -> shown(table.name(), column)).toList());
  }

  private Column shown(String table, SchemaColumn column) {
    return new Column(
        column.name(), column.kind(), sentence(table + "." + column.name(), column.sentence()));
  }

  /** A translation stands for the database's own sentence, never for a missing one. */
  private Sentence sentence(String key, @Nullable String english) {
    if (english == null) {
      return new Sentence("", language.getTag());
    }
    if (language.getTag().equals(Locale.JAPANESE.getLanguage())) {
      ResourceBundle japanese =
          ResourceBundle.getBundle(
              TRANSLATIONS, Locale.JAPANESE, DatabaseContents.class.getClassLoader());
      if (japanese.containsKey(key)) {
        return new Sentence(japanese.getString(key), Locale.JAPANESE.getLanguage());
      }
    }
    return new Sentence(english, Locale.ENGLISH.getLanguage());
  }
}
