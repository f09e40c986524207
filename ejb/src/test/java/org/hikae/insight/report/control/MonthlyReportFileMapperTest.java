package org.hikae.insight.report.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hikae.insight.report.value.MonthlyReportContent;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.value.MonthlyReportSection;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as readers of files see them. */
class MonthlyReportFileMapperTest {

  private static final MonthlyReportPeriod NOVEMBER =
      MonthlyReportPeriod.parse("2026-11").orElseThrow();
  private static final Instant COUNTED = Instant.parse("2026-12-01T00:25:00Z");
  private static final Map<String, String> NAMES = Map.of("https://id ann", "髙橋 花子");

  private static MonthlyReportRow row(MonthlyReportSection section, String name, String... values) {
    return new MonthlyReportRow(section, name, List.of(values));
  }

  private static List<MonthlyReportRow> rows() {
    List<MonthlyReportRow> rows = new ArrayList<>();
    rows.add(MonthlyReportRow.of(MonthlyReportSection.COVERAGE, "opted-in", 1234L));
    rows.add(row(MonthlyReportSection.COVERAGE, "devices", ""));
    IntStream.rangeClosed(1, 30)
        .mapToObj(day -> String.format(Locale.ROOT, "2026-11-%02d", day))
        .forEach(
            day ->
                rows.add(
                    MonthlyReportRow.of(
                        MonthlyReportSection.TREND, day, 2000L, 1234L, 1500L, 1400L)));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.DEPARTMENTS, "/営業", 12L, 11L, 10L, 9L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.DEPARTMENTS, "=1+1", 8L, 7L, 6L, 5L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.DEPARTMENTS, "others", 7L, 6L, 5L, 4L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.RESTORES, "begun", 17L));
    rows.add(
        MonthlyReportRow.of(MonthlyReportSection.RESTORES, "received-bytes", 3L * 1024 * 1024));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.DRILLS, "people", 31L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.DRILLS, "proven", 12L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.INCIDENTS, "lock-outs", 2L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.CRITICAL_NOTICES, "vault.locked", 2L));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.VAULT, "vault.attempt", 4321L));
    rows.add(
        row(
            MonthlyReportSection.POLICY,
            "1",
            "2026-11-05T06:07:08Z",
            "group/営業",
            "quotaBytes",
            "",
            "1000",
            "https://id ann",
            "https://id bob"));
    rows.add(row(MonthlyReportSection.POLICY, MonthlyReportRow.MORE, "", "", "", "", "7", "", ""));
    rows.add(MonthlyReportRow.of(MonthlyReportSection.STORAGE, "stored", 1024L, 5L << 30));
    return rows;
  }

  private static MonthlyReportDocument document(Instant countedAt) {
    return new MonthlyReportDocument(
        new MonthlyReportContent(NOVEMBER, countedAt, rows()),
        NAMES,
        "https://backup.example.com/");
  }

  private static MonthlyReportFile pdf(MonthlyReportDocument document, String language) {
    return MonthlyReportFileMapper.of(document, MonthlyReportFormat.PDF, language);
  }

  private static String text(MonthlyReportFile file) throws Exception {
    try (PDDocument read = Loader.loadPDF(file.content())) {
      assertThat(read.getNumberOfPages()).isBetween(2, 4);
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(read).replaceAll("\\s+", " ");
    }
  }

  @Test
  void a_pdf_in_english_says_what_the_rows_say() throws Exception {
    MonthlyReportFile file = pdf(document(COUNTED), "en");
    assertThat(file.name()).isEqualTo("hikae-monthly-report-2026-11.pdf");
    assertThat(text(file))
        .contains("Hikae monthly report, November 2026", "https://backup.example.com/")
        .contains("Counted: 2026-12-01 00:25", "All days and times are in UTC")
        .contains("People who take part, on the last day noted 1,234", "not noted")
        .contains("2026-11-01 2,000 1,234 1,500 1,400", "2026-11-30")
        .contains("/営業 12 11 10 9", "Other departments, together 7 6 5 4")
        .contains("Restores begun 17", "Data received for restores 3.0 MiB")
        .contains("People with a backup, on the last day noted 31", "Of these, both 12")
        .contains("Passwords locked out at the vault 2", "Use of a password 4,321")
        .contains("quotaBytes", "not set", "1000", "髙橋", "bob", "And 7 more changes")
        .contains("Stored for everybody 1.0 KiB 5.0 GiB", "1 / ")
        .doesNotContain("〓", "{fact}", "Preview", "https://id");
  }

  @Test
  void a_pdf_in_japanese_says_the_same() throws Exception {
    assertThat(text(pdf(document(COUNTED), "ja")))
        .contains("Hikae 月次レポート 2026年11月", "集計日時：2026-12-01 00:25")
        .contains("利用中の人（最後に記録された日） 1,234", "記録なし")
        .contains("その他の部署（合計） 7 6 5 4", "バックアップのある人（最後に記録された日） 31")
        .contains("保管庫でロックされたパスワード 2", "ほかに 7 件の変更があります。")
        .contains("全員の保存量 1.0 KiB 5.0 GiB", "髙橋")
        .doesNotContain("〓", "{fact}", "プレビュー");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void a_month_that_is_not_over_and_has_nothing_says_so(String language) throws Exception {
    MonthlyReportDocument empty =
        new MonthlyReportDocument(
            new MonthlyReportContent(NOVEMBER, NOVEMBER.from(), List.of()), Map.of(), "https://p/");
    MonthlyReportFile file = pdf(empty, language);
    assertThat(file.name()).isEqualTo("hikae-monthly-report-2026-11-preview.pdf");
    try (PDDocument read = Loader.loadPDF(file.content())) {
      String text = new PDFTextStripper().getText(read);
      assertThat(text).contains(language.equals("en") ? "Preview: this month" : "プレビュー：");
      MonthlyReportMessages messages = new MonthlyReportMessages(language);
      for (MonthlyReportSection section : MonthlyReportSection.values()) {
        assertThat(text).contains(messages.text("none." + section.code()));
      }
    }
  }

  @Test
  void the_same_report_is_the_same_file_again() {
    assertThat(pdf(document(COUNTED), "ja").content())
        .isEqualTo(pdf(document(COUNTED), "ja").content());
  }

  @Test
  void what_the_font_does_not_have_and_what_is_long_breaks_nothing() throws Exception {
    List<MonthlyReportRow> rows =
        List.of(
            row(
                MonthlyReportSection.POLICY,
                "1",
                "2026-11-05T06:07:08Z",
                "group/" + "x".repeat(255),
                "key",
                "\ud83d\ude00\u05d0".repeat(60),
                "a\u0000b\n" + "長い".repeat(100),
                "https://id ann",
                ""));
    MonthlyReportDocument document =
        new MonthlyReportDocument(
            new MonthlyReportContent(NOVEMBER, COUNTED, rows), NAMES, "https://p/");
    try (PDDocument read = Loader.loadPDF(pdf(document, "en").content())) {
      assertThat(new PDFTextStripper().getText(read)).contains("〓", "長い", "nobody");
    }
  }

  @Test
  void a_csv_file_has_a_line_for_each_figure_and_no_formula() {
    MonthlyReportFile file =
        MonthlyReportFileMapper.of(document(COUNTED), MonthlyReportFormat.CSV, "ja");
    assertThat(file.name()).isEqualTo("hikae-monthly-report-2026-11.csv");
    assertThat(new String(file.content(), StandardCharsets.UTF_8).substring(1).split("\r\n"))
        .startsWith(
            "month,section,row,column,value",
            "2026-11,report,,portal,https://backup.example.com/",
            "2026-11,report,,counted-at,2026-12-01T00:25:00Z",
            "2026-11,report,,zone,UTC",
            "2026-11,report,,preview,false",
            "2026-11,coverage,opted-in,count,1234")
        .contains(
            "2026-11,trend,2026-11-30,fresh-devices,1400",
            "2026-11,departments,'=1+1,employees,8",
            "2026-11,policy,1,old,",
            "2026-11,policy,1,asked-by,髙橋 花子",
            "2026-11,policy,1,asked-by-account,ann",
            "2026-11,policy,1,approved-by,bob",
            "2026-11,storage,stored,end," + (5L << 30));
  }

  @Test
  void kept_rows_are_read_again_and_those_of_another_release_passed_over() {
    String json = MonthlyReportCodec.json(rows());
    assertThat(MonthlyReportCodec.parse(json)).isEqualTo(rows());
    String later = json.replace("[\"RESTORES\",\"begun\",\"17\"]", "[\"OTHER\",\"begun\",\"17\"]");
    assertThat(MonthlyReportCodec.parse(later)).hasSize(rows().size() - 1);
    assertThat(MonthlyReportCodec.parse("[[\"DRILLS\",\"held\",\"1\",\"2\"]]")).isEmpty();
  }

  @Test
  void both_languages_have_the_same_texts() {
    assertThat(keys("ja")).isEqualTo(keys("en"));
  }

  private static List<String> keys(String language) {
    ResourceBundle bundle = new MonthlyReportMessages(language).bundle();
    return bundle.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(MonthlyReportSection.class)
  void every_section_and_column_has_its_words(MonthlyReportSection section) {
    MonthlyReportMessages messages = new MonthlyReportMessages("ja");
    assertThat(messages.text("section." + section.code())).isNotBlank();
    assertThat(messages.text("none." + section.code())).isNotBlank();
    section
        .columns()
        .forEach(
            column -> {
              assertThat(messages.text("column." + column.code())).isNotBlank();
              assertThat(messages.text("empty." + column.form())).isNotBlank();
            });
  }

  @Test
  void every_critical_kind_has_its_words() {
    MonthlyReportMessages messages = new MonthlyReportMessages("en");
    Arrays.stream(NoticeKind.values())
        .filter(kind -> kind.severity() == NoticeKind.Severity.CRITICAL)
        .forEach(
            kind -> assertThat(messages.text("row.critical-notices." + kind.code())).isNotBlank());
  }
}
