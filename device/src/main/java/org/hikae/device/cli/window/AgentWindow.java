package org.hikae.device.cli.window;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.backup.SourceFolderReader;
import org.hikae.device.cli.backup.SourceFolderView;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.dialog.FailureView;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.window.WindowRequests.AnswerRequest;
import org.hikae.device.cli.window.WindowRequests.BackUpRequest;
import org.hikae.device.cli.window.WindowRequests.DialogRequest;
import org.hikae.device.cli.window.WindowRequests.FolderRequest;
import org.hikae.device.cli.window.WindowRequests.PathRequest;
import org.hikae.device.cli.window.WindowRequests.PauseRequest;
import org.hikae.device.cli.window.WindowRequests.QuestionRequest;
import org.hikae.device.cli.window.WindowRequests.ScheduleRequest;
import org.hikae.device.cli.window.WindowRequests.SearchRequest;
import org.hikae.device.cli.window.WindowRequests.SourceRequest;
import org.hikae.device.cli.window.WindowRequests.WindowRestoreRequest;
import org.hikae.device.cli.window.WindowSchedule.ScheduleChange;
import org.hikae.device.files.RawPath;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.window.WindowAnswer;
import org.hikae.device.window.WindowHandler;
import org.hikae.device.window.WindowLimits;
import org.hikae.device.window.WindowLinkFile;
import org.hikae.device.window.WindowServer;
import org.jspecify.annotations.Nullable;

/** An open window: its server, the file that leads to it, and what it does for its page. */
public final class AgentWindow implements WindowHandler, WindowSupervisor.HostedWindow {

  private static final Duration LEFT_OVER = Duration.ofMinutes(10);
  private static final int DONE = 200;
  private static final int UNKNOWN = 404;
  private static final int FAILED = 422;

  private final AgentEnvironment here;
  private final CatalogSession catalogs;
  private final ProtectionVerdictReader verdicts;
  private final WindowCommands commands;
  private final WindowWork work;
  private final WindowSchedule schedule;
  private @Nullable WindowServer server;
  private @Nullable WindowLinkFile link;

  private AgentWindow(AgentEnvironment here) {
    this.here = here;
    this.catalogs = new CatalogSession(here);
    this.verdicts = new ProtectionVerdictReader(here, catalogs);
    this.commands = new WindowCommands(here);
    this.schedule = new WindowSchedule(here);
    this.work = new WindowWork(here, catalogs::forget);
  }

  /** Opens one; whoever can read its file can use it, once. */
  public static AgentWindow open(AgentEnvironment around, String language, WindowLimits limits)
      throws AgentException {
    AgentEnvironment here = around.unattended(around.workingDirectory());
    AgentHome home = AgentHome.of(here.environment(), here.userHome()).create();
    AgentWindow window = new AgentWindow(here);
    try {
      Path folder = home.windowFolder();
      WindowLinkFile.forgetOlder(folder, here.clock().instant(), LEFT_OVER);
      WindowServer started =
          WindowServer.start(
              window, WindowFiles.all(language), limits, here.random(), here.pause()::nanos);
      window.server = started;
      window.link = WindowLinkFile.write(folder, started.link());
      return window;
    } catch (IOException e) {
      window.close();
      throw new AgentException(
          RunResult.LOCAL, e, "window.no-start", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Path linkFile() {
    return requireOpen(link).path();
  }

  @Override
  public void awaitEnd() throws InterruptedException {
    requireOpen(server).awaitEnd();
  }

  private static <T> T requireOpen(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the window is not open");
    }
    return part;
  }

  @Override
  public void started() {
    requireOpen(link).close();
  }

  @Override
  public boolean busy() {
    return work.busy();
  }

  /**
   * K is in memory for as long as the page asks for snapshots, and a minute more. A dialog that has
   * K keeps it until it is answered, or the window ends.
   */
  @Override
  public void quiet() {
    catalogs.forget();
    here.windows().rests();
  }

  @Override
  public boolean isUse(String operation) {
    // The page has names read, and looks whether the window is there, without anybody's doing.
    return !operation.equals("names") && !operation.equals("alive");
  }

  @Override
  public boolean needsHeld(String operation) {
    // With a secret on the page it looks whether the window is there, every few seconds.
    return !operation.equals("alive");
  }

  @Override
  public WindowAnswer answer(String operation, String asked, byte[] body) {
    String language = asked.equals("ja") ? "ja" : "en";
    try {
      Optional<Object> answer = answered(operation, language, body);
      if (answer.isPresent() && answer.get() instanceof WindowAnswer made) {
        return made;
      }
      return answer.isPresent()
          ? WindowAnswer.json(DONE, AgentJson.mapper().writeValueAsBytes(answer.get()))
          : json(UNKNOWN, new FailureView("window.malformed", operation));
    } catch (AgentException | BackupStoreException | IOException | RuntimeException e) {
      WindowOutputListener said = new WindowOutputListener();
      var _ = new CommandOutput(here, Messages.in(language), said).failure(e);
      return json(FAILED, Optional.ofNullable(said.failure()).orElseThrow());
    }
  }

  private static WindowAnswer json(int status, FailureView failure) {
    try {
      return WindowAnswer.json(status, AgentJson.mapper().writeValueAsBytes(failure));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("two texts are always writable as JSON", e);
    }
  }

  private Optional<Object> answered(String operation, String language, byte[] body)
      throws AgentException, BackupStoreException, IOException {
    Object answer =
        switch (operation) {
          case "verdict" -> verdicts.read(language);
          case "timeline" -> catalogs.read(language, SnapshotBrowser::timeline);
          case "folder" -> folder(language, read(body, FolderRequest.class));
          case "search" -> search(language, read(body, SearchRequest.class));
          case "names" ->
              catalogs.read(
                  language,
                  catalog -> WindowNameSearch.ahead(catalog, here.random(), here.pause()::nanos));
          case "versions" -> versions(language, read(body, PathRequest.class));
          case "preview" -> preview(language, read(body, FolderRequest.class));
          case "alive" -> Map.of();
          case "portal" -> portal();
          case "refresh" -> {
            catalogs.forget();
            yield work.runView();
          }
          case "end" -> {
            requireOpen(server).end();
            yield work.runView();
          }
          default -> worked(operation, language, body);
        };
    return Optional.ofNullable(answer);
  }

  /** What changes something, or asks how far that is. */
  private @Nullable Object worked(String operation, String language, byte[] body)
      throws AgentException, IOException {
    return switch (operation) {
      case "back-up" ->
          work.begin(
              language, RunReport.Kind.BACKUP, commands.backup(read(body, BackUpRequest.class)));
      case "restore" ->
          work.begin(
              language,
              RunReport.Kind.RESTORE,
              commands.restore(read(body, WindowRestoreRequest.class)));
      case "schedule" -> schedule.view();
      case "set-schedule" -> changed(schedule.set(language, read(body, ScheduleRequest.class)));
      case "schedule-off" -> changed(schedule.off(language));
      case "pause" -> changed(schedule.pause(language, read(body, PauseRequest.class)));
      case "resume" -> changed(schedule.resume(language));
      case "source" -> source(language, read(body, SourceRequest.class));
      case "run" -> work.runView();
      case "stop" -> work.stopped();
      case "begin" -> {
        DialogRequest request = read(body, DialogRequest.class);
        yield work.begin(
            language, request.kind().name(), DialogCommands.of(request, here.userHome()));
      }
      case "dialog" -> work.dialogView();
      case "cancel" -> work.ended();
      case "answer" -> {
        AnswerRequest answer = read(body, AnswerRequest.class);
        yield work.answered(answer.number(), answer.text());
      }
      case "answer-secret" -> work.answeredSecretly(body);
      case "check-secret" -> work.checked(body);
      case "shown" -> work.lines(read(body, QuestionRequest.class).number());
      case "suggest" -> work.suggestion();
      default -> null;
    };
  }

  /** Without asking it: whoever has lost a device does not wait for an answer. */
  private PortalPagesView portal() throws AgentException {
    AgentHome home = AgentHome.of(here.environment(), here.userHome());
    Optional<AgentState> state = new StateFile(home).read();
    return new PortalPagesView(
        state.isPresent()
            ? SafeAddress.parse(state.get().profile().server()) + "/my/backups"
            : null);
  }

  private static <T extends Record> T read(byte[] body, Class<T> type) throws AgentException {
    return WindowRequests.read(body, type);
  }

  private FolderView folder(String language, FolderRequest request)
      throws AgentException, BackupStoreException, IOException {
    String snapshotId = WindowRequests.snapshotId(request.snapshotId());
    RawPath folder = WindowRequests.path(request.rawPath());
    return catalogs.read(language, catalog -> SnapshotBrowser.folder(catalog, snapshotId, folder));
  }

  private SearchView search(String language, SearchRequest request)
      throws AgentException, BackupStoreException, IOException {
    String text = WindowRequests.searched(request.text());
    return catalogs.read(
        language,
        catalog -> WindowNameSearch.search(catalog, text, here.random(), here.pause()::nanos));
  }

  private static Object changed(ScheduleChange change) {
    FailureView failure = change.failure();
    return failure == null ? requireOpen(change.view()) : json(FAILED, failure);
  }

  private SourceFolderView source(String language, SourceRequest request)
      throws AgentException, IOException {
    String rawPath = request.rawPath();
    CommandOutput output =
        new CommandOutput(here, Messages.in(language), new WindowOutputListener());
    return SourceFolderReader.read(
        here, output, rawPath == null ? null : WindowRequests.path(rawPath));
  }

  private SearchView versions(String language, PathRequest request)
      throws AgentException, BackupStoreException, IOException {
    RawPath path = WindowRequests.path(request.rawPath());
    return catalogs.read(
        language,
        catalog -> WindowNameSearch.versions(catalog, path, here.random(), here.pause()::nanos));
  }

  private WindowAnswer preview(String language, FolderRequest request)
      throws AgentException, BackupStoreException, IOException {
    String snapshotId = WindowRequests.snapshotId(request.snapshotId());
    RawPath path = WindowRequests.path(request.rawPath());
    return catalogs.read(language, catalog -> FilePreview.read(catalog, snapshotId, path));
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (link != null) {
      link.close();
    }
    work.close();
    catalogs.close();
  }
}
