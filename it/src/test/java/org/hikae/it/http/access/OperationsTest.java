package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/**
 * The rows of {@link OperationAccess} are the one table of operations and roles: the access matrix
 * is tried from it, and docs/roles.md is made of it. An operation without a row fails.
 */
class OperationsTest {

  private static final Pattern PATH = Pattern.compile("^  /api(/\\S+):$");
  private static final Pattern METHOD = Pattern.compile("^    (get|put|post|delete|head|patch):$");
  private static final Pattern SUMMARY = Pattern.compile("^      summary: (.+)$");

  /** Columns of the page, each with the caller of the matrix that stands for it. */
  private static final Map<String, CallerKind> COLUMNS = columns();

  private static Map<String, CallerKind> columns() {
    Map<String, CallerKind> columns = new LinkedHashMap<>();
    columns.put("anybody", CallerKind.NO_TOKEN);
    columns.put("agent", CallerKind.AGENT);
    columns.put("device", CallerKind.DEVICE);
    columns.put("employee", CallerKind.PORTAL_EMPLOYEE);
    columns.put("helpdesk", CallerKind.HELPDESK);
    columns.put("auditor", CallerKind.AUDITOR);
    columns.put("backup-admin", CallerKind.ADMIN);
    return columns;
  }

  /** An operation of the portal's own description of its REST API. */
  private record Operation(String method, String path, String summary) {

    boolean isOf(OperationAccess operationAccess) {
      String pattern =
          path.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+").replaceAll("/\\*", "/.+");
      return method.equals(operationAccess.method())
          && operationAccess.path().replaceFirst("\\?.*", "").matches(pattern);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static List<Operation> operations() throws IOException {
    List<Operation> operations = new ArrayList<>();
    String path = "";
    String method = "";
    for (String line : Files.readAllLines(BuildOutput.root().resolve("docs/openapi.yaml"))) {
      Matcher isPath = PATH.matcher(line);
      Matcher isMethod = METHOD.matcher(line);
      Matcher isSummary = SUMMARY.matcher(line);
      if (isPath.matches()) {
        path = isPath.group(1).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
      } else if (isMethod.matches()) {
        method = isMethod.group(1).toUpperCase(Locale.ROOT);
        operations.add(new Operation(method, path, ""));
      } else if (isSummary.matches()) {
        operations.set(operations.size() - 1, new Operation(method, path, isSummary.group(1)));
      }
    }
    return operations;
  }

  @Test
  void every_operation_has_a_row_and_every_row_an_operation() throws IOException {
    List<Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThan(50);
    TreeSet<String> without = new TreeSet<>();
    for (Operation operation : operations) {
      if (OperationAccess.all().stream().noneMatch(operation::isOf)) {
        without.add(operation.toString());
      }
    }
    assertThat(without).as("operations without a row in OperationAccess").isEmpty();
    for (OperationAccess operationAccess : OperationAccess.all()) {
      boolean known =
          operationAccess.method().equals("HEAD")
              || operations.stream().anyMatch(operation -> operation.isOf(operationAccess));
      assertThat(known).as("%s is no operation", operationAccess).isTrue();
    }
  }

  @Test
  void what_the_matrix_is_answered_stands_in_the_document() throws IOException {
    JsonNode paths =
        new YAMLMapper()
            .readTree(BuildOutput.root().resolve("docs/openapi.yaml").toFile())
            .path("paths");
    List<Operation> operations = operations();
    for (OperationAccess operationAccess : OperationAccess.all()) {
      for (Operation operation : operations) {
        if (operation.isOf(operationAccess)) {
          assertThat(
                  paths
                      .path("/api" + operation.path())
                      .path(operationAccess.method().toLowerCase(Locale.ROOT))
                      .path("responses")
                      .has(String.valueOf(operationAccess.answer())))
              .as("%s with %d", operation, operationAccess.answer())
              .isTrue();
        }
      }
    }
  }

  @Test
  void the_page_of_roles_is_made_of_the_rows() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# Operations and roles\n\n");
    page.append(
        "A test makes this page from the table that the access matrix is tried from, and fails when"
            + " they differ.\n\n");
    page.append("- agent: any employee's token of the agent's client.\n");
    page.append("- device: the same with a device's session.\n");
    page.append("- The others: tokens of the portal's client.\n");
    page.append(
        "- `/metrics` answers only to the monitoring system's own token (ADR 20), which opens"
            + " nothing else.\n");
    page.append("- What belongs to somebody else is answered like what does not exist.\n");
    page.append(
        "- departments: also for those whose role is for some departments only (ADR 66). They reach"
            + " these people only.\n");
    page.append("- Every other operation of the administration refuses them.\n\n");
    page.append("| operation | ").append(String.join(" | ", COLUMNS.keySet()));
    page.append(" | departments |\n");
    page.append("|---".repeat(COLUMNS.size() + 2)).append("|\n");
    for (Operation operation : operations()) {
      OperationAccess.all().stream()
          .filter(operation::isOf)
          .findFirst()
          .ifPresent(operationAccess -> page.append(line(operation, operationAccess)));
    }
    Path made = BuildOutput.root().resolve("it/target/roles.md");
    Files.createDirectories(made.getParent());
    Files.writeString(made, page.toString());
    assertThat(BuildOutput.root().resolve("docs/roles.md"))
        .as("copy it/target/roles.md after a wanted change")
        .hasContent(page.toString());
  }

  private static String line(Operation operation, OperationAccess operationAccess) {
    StringBuilder line = new StringBuilder("| `" + operation + "`");
    if (operationAccess.recent()) {
      line.append(" (recent sign-in)");
    }
    for (CallerKind callerKind : COLUMNS.values()) {
      line.append(operationAccess.may().contains(callerKind) ? " | yes" : " |");
    }
    line.append(OperationScope.isForDepartments(operationAccess) ? " | yes" : " |");
    return line.append(" |\n").toString();
  }
}
