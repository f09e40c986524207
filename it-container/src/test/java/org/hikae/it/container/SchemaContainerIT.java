package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.boundary.DatabaseSchemaQueries;
import org.hikae.insight.system.view.ColumnKind;
import org.hikae.insight.system.view.SchemaColumn;
import org.hikae.insight.system.view.SchemaTable;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the database says of itself, asked inside the server over the application's login. Time
 * budget: 2 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class SchemaContainerIT {

  private static final TestCaller EMPLOYEE = TestCaller.portal("curious-1", RealmNames.EMPLOYEE);
  private static final TestCaller NOBODY = TestCaller.portal("curious-2");

  @Inject private DatabaseSchemaQueries schemaQueries;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void every_employee_is_told_of_every_column() throws Exception {
    List<SchemaTable> tables = EMPLOYEE.call(schemaQueries::tables);
    assertThat(tables)
        .flatExtracting(SchemaTable::columns)
        .extracting(SchemaColumn::kind)
        .contains(ColumnKind.CIPHERTEXT, ColumnKind.HASH, ColumnKind.PERSONAL, ColumnKind.PLAIN)
        .doesNotContain(ColumnKind.UNDESCRIBED);
    assertThat(tables)
        .filteredOn(table -> table.name().equals("key_wrap"))
        .flatExtracting(SchemaTable::columns)
        .filteredOn(column -> column.name().equals("wrapped_key"))
        .singleElement()
        .satisfies(
            column -> {
              assertThat(column.kind()).isEqualTo(ColumnKind.CIPHERTEXT);
              assertThat(column.sentence()).contains("64-digit key");
            });
  }

  @Test
  void nobody_else_is() {
    ExpectedRefusal.byRole(NOBODY, schemaQueries::tables);
  }
}
