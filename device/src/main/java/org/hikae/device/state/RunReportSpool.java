package org.hikae.device.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunReport;
import org.hikae.device.AgentJson;

/**
 * Run reports that could not be sent yet, one file each, named by the run. At most {@link
 * #MAX_REPORTS} are kept; the oldest go first, because the newest tell the most. Losing the spool
 * loses no data of the employee, so trouble with it never fails a run.
 */
public final class RunReportSpool {

  /** Most reports that wait. */
  public static final int MAX_REPORTS = 200;

  private static final String SUFFIX = ".json";

  private final Path folder;

  /** Keeps reports in the home's spool folder. */
  public RunReportSpool(AgentHome home) {
    this.folder = home.reportSpool();
  }

  /** A report that waits. */
  public record PendingReport(String runId, RunReport report) {}

  /** Keeps the newest report of a run; says whether it could. */
  public boolean keep(String runId, RunReport report) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "report", ".new");
      try {
        Files.write(fresh, AgentJson.mapper().writeValueAsBytes(report));
        Files.move(fresh, folder.resolve(runId + SUFFIX), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
      List<Path> files = files();
      for (Path old : files.subList(0, Math.max(0, files.size() - MAX_REPORTS))) {
        Files.deleteIfExists(old);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reports that wait, oldest first; unreadable files are dropped. */
  public List<PendingReport> waiting() {
    try {
      return files().stream().flatMap(this::read).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Forgets a report that was sent, or will never be taken. */
  public void drop(String runId) {
    try {
      Files.deleteIfExists(folder.resolve(runId + SUFFIX));
    } catch (IOException e) {
      // It is sent again next time; the portal takes the same report twice.
    }
  }

  private Stream<PendingReport> read(Path file) {
    String name = file.getFileName().toString();
    String runId = name.substring(0, name.length() - SUFFIX.length());
    try {
      RunReport report = AgentJson.mapper().readValue(Files.readAllBytes(file), RunReport.class);
      return Stream.of(new PendingReport(runId, report));
    } catch (IOException e) {
      drop(runId);
      return Stream.of();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(java.util.Comparator.comparingLong(RunReportSpool::modified))
          .toList();
    } catch (NotDirectoryException | java.nio.file.NoSuchFileException e) {
      return List.of();
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
